"""Build the article from any source: inline runs, paragraphs, blocks, placeholders."""
