"""Pages of parcels: packing, sending, passing on, receiving, claims, transfers, and the way of a copy."""
