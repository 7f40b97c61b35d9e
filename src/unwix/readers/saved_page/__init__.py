"""Saved page."""
