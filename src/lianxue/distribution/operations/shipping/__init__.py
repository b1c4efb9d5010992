"""Parcels from the supplier to the point (S0-42)."""
