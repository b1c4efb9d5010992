"""Transition tables of distribution, one file a noun."""
