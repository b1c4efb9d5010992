"""Plays calls of programmes, step by step, through the operations."""
