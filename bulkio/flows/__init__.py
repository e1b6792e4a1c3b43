"""The one-way paths through the rooms, each spelled once; the command line and the screens are their callers."""
