"""Who may see and do what with resources, one file a noun."""
