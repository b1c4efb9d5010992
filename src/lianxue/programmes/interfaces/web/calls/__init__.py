"""Pages of calls: prepared, opened, looked over."""
