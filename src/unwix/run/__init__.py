"""One conversion: its steps, its workers, the output directory, its lock and its report."""
