"""Find nested lists, quotes and headings in a body, and dumps in which each line is a paragraph."""
