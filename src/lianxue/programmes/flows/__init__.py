"""Transition tables of programmes."""
