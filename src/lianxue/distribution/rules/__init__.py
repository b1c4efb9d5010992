"""Who may see and do what in distribution, one file a noun."""
