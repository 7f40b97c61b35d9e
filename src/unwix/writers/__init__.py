"""Turn a post into text."""
