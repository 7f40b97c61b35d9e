"""Count what a source contains and what the output contains, and compare the two."""
