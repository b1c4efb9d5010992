"""One printed form a module: values in, a document out; and the letters, which have their numbers in the database."""
