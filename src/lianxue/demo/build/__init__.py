"""Builds the demonstration from its data files."""
