"""How programs are known."""
