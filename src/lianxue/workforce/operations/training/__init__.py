"""Training: planned, told, held, and who was there."""
