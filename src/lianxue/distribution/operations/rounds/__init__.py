"""Preparing, opening and closing a round."""
