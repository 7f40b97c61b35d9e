"""Do the work of a run: in this process or in others, within limits of time and nesting."""
