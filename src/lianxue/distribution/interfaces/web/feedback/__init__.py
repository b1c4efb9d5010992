"""Pages of what readers say about titles."""
