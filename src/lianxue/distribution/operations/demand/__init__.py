"""Needs, demand and its aggregation (S0-41)."""
