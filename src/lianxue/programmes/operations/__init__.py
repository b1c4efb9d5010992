"""Use cases of programmes, one function each."""
