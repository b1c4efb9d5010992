"""Backup and restore: database and stored files in one archive that proves itself whole."""
