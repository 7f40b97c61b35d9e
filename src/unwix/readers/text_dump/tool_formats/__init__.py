"""Undo the formats of the tools that made a text dump: Markdown, wrapped lines, link numbers, placeholders."""
