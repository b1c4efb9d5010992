"""One printed form a module: values in, a document out. Nothing here reads or changes the database."""
