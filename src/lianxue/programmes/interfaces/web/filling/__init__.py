"""Pages on which a unit fills in and hands in."""
