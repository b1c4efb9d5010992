"""Pages of the desks: opinions, delegation."""
