"""Draftjs."""
