"""Build the article, whatever the source: inline runs, paragraphs, blocks, placeholders."""
