"""The command line: arguments, exit codes, what is said where; the one place where clock, client and journal meet."""
