"""Panels: drawn, scored, closed, decided on."""
