"""Read posts from pages that were saved as plain text or Markdown."""
