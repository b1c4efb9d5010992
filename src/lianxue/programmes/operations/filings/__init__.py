"""Filling in a filing and handing it in."""
