"""Settings, the list of steps, the command line, and the one place that knows the warehouse."""
