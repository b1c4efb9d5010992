"""One round of distribution, played step by step by the people whose step it is."""
