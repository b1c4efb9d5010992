"""Whole calls of programmes, played from the opening to the decision."""
