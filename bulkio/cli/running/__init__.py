"""One file a command: what it does. Imported when the command runs, so that `--help` pays for none of it."""
