"""Write a post's metadata as front matter: the fields of a target as YAML, TOML or `Key: value` lines."""
