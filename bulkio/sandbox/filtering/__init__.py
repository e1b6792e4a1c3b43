"""The filter and sort languages of both hosts: text to tree, tree to SQL."""
