"""Transition tables of workforce."""
