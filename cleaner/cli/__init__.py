"""The command line: one small module per command, one error boundary."""
