"""Pages of the yearly selections (S0-33, S0-57…59)."""
