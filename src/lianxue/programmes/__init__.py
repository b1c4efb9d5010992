"""Programmes: one engine for every call; what a call asks, who decides and what comes of it is a definition, not code."""
