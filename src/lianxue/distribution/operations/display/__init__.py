"""The display corner (S0-29, S0-46, S0-54)."""
