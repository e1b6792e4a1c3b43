"""The nouns that pass from room to room: frozen, closed unions, one numbering of rows."""
