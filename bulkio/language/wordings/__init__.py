"""The English words of each room's codes; Danish is in the catalogues."""
