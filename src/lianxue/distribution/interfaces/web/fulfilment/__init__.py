"""Pages of distribution: fulfilment."""
