"""Title, author, date and reading time of a post in a text dump."""
