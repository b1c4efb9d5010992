"""The embedded PostgreSQL: PostgreSQL's own programs from a wheel, run on a directory that is ours alone."""
