"""People: sign-in, second factor, personal data. Where somebody works is known to ``orgs``."""
