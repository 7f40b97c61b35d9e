"""Targets whose posts are JSON records: metadata, texts and the result of the conversion."""
