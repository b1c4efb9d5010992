"""Reads of indicators: what the platform works out, and whether a part is met."""
