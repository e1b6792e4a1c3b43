"""Trouble on request: what a network and a busy server do to a call, on purpose and so that it can be repeated."""
