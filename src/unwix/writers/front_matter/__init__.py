"""A post's metadata as front matter: the fields that a target wants, written as YAML, TOML or `Key: value` lines."""
