"""What bulkio remembers between commands: agreements, tokens, folders, snapshots of look-ups."""
