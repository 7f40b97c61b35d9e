"""Do the work of a run, in this process or in others, with limits of time and nesting."""
