"""Lending and issuing at the desk of a point (S0-44, S0-45)."""
