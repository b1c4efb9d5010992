"""The yearly selections (S0-33, S0-57…59): weights, ranking, decision, certificates."""
