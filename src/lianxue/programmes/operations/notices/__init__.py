"""Change notices to approved filings (S1-48)."""
