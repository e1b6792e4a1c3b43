"""One file a command: its arguments and what it runs; what costs time is imported when it runs."""
