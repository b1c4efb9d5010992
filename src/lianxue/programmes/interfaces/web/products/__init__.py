"""Pages of what approvals make: rosters, awards."""
