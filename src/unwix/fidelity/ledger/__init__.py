"""Account for every visible word of a source, in a separate walk over the raw bytes."""
