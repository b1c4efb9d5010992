"""The demonstration: the published Shanghai network in the middle of a lively year, and a round played to its end.

Everything is done by the operations that the pages use, by the people whose step it is.
"""
