"""Formats of the tools that made a text dump, undone: Markdown, wrapped lines, numbers of links, placeholders."""
