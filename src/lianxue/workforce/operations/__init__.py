"""Use cases of workforce."""
