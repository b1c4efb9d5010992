"""Pages of distribution: rounds."""
