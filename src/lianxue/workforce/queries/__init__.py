"""Reads of workforce."""
