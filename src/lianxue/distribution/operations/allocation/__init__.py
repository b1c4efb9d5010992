"""Sharing out the copies of a round."""
