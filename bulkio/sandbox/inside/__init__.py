"""The look-inside page: what the agreement holds and what was asked of it, for a browser on this machine."""
