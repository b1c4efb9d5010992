"""Appraising people, recommending the best, and what follows."""
