"""Ricos."""
