"""Find nested lists and quotes in a body, and dumps in which each line is a paragraph."""
