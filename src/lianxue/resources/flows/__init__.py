"""Transition tables of resources, one file a noun."""
