"""Reading letters."""
