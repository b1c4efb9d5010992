"""Evidence, guidance, and links to a dossier."""
