"""Who may open which address: one module a feature, each with a table ``ADDRESSES`` (see ``tests.walk.world``)."""
