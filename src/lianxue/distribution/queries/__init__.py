"""Reads of distribution."""
