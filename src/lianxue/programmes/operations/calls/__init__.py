"""Preparing, opening and closing calls."""
