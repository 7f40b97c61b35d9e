"""Resolve links between posts and rewrite them."""
