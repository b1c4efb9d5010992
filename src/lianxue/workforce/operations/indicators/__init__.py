"""Publishing indicators for a year."""
