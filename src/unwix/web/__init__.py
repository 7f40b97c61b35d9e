"""Formats and rules of the web that have nothing to do with Wix: encodings, tags, dates, file types."""
