"""Pages of online titles."""
