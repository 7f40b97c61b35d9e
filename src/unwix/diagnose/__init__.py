"""Explain a source: what it contains, what is missing, and where each field comes from."""
