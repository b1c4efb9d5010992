"""Reads for the yearly selections: criteria, the ranking they give, and what was decided."""

from lianxue.distribution.queries.selections import register as register  # fills the registry of criteria
