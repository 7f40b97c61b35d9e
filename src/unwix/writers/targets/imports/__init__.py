"""Targets whose posts are one file that a blog system imports."""
