"""Pages on which an office prepares, opens and looks over its calls."""
