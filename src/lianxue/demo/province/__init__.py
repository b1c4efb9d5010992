"""A made-up province in four levels, office – cities – counties – points, for playing a round at its size."""
