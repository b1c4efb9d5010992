"""Tables of programmes."""
