"""Account for every visible word of a source, in a walk of its own over the raw bytes."""
