"""Pages of evidence and guidance, and the dossier of a unit."""
