"""The measure of every motif."""

SIDE = 400
