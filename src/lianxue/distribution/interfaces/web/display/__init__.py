"""Pages of the display corners, their photographs, and what the office sets for them."""
