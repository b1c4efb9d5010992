"""The yearly effect report (S0-30, S0-53)."""
