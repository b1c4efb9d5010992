"""The roof: settings, the `lianxue` command, the supervisor, the embedded database, backup and restore."""
