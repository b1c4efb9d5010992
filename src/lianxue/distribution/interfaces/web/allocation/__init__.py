"""Pages of sharing out the copies of a round."""
