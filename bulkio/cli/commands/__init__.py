"""One file a command: its arguments, and nothing that costs time to import."""
