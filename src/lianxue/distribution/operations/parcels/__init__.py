"""Parcels that follow others: the rest of what was planned, and what is sent again."""
