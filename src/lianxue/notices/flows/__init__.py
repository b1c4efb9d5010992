"""Transition tables of notices."""
