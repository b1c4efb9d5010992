"""Issuing letters under a number without gaps, withdrawing them, and their printed shape."""
