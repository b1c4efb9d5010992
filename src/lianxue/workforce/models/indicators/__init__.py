"""Sets of indicators: their files, and what an office published of them for a year."""
