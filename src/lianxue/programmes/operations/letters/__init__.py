"""Letters about decisions."""
