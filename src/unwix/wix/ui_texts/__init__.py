"""Wix's interface texts as data: one `<language>.toml` for each language, two tables for the blog's viewer."""
