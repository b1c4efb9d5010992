"""The figures of the rounds of a year: who was reached, what was asked, given, used, and how evenly (S0-56)."""
