"""What an operation costs: the running platform, driven over HTTP, its processor time read from the system."""
