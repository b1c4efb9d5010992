"""What was wrong with a delivery, from the count to the remedy (S0-42)."""
