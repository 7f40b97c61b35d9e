"""Read links, bold text and HTML within a line of Markdown as tools leave them."""
