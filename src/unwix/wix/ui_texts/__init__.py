"""Wix's interface texts as data: one `<language>.toml` for each language, `viewer.tsv` for the blog's viewer."""
