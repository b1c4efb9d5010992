"""What other features may use of programmes."""

__all__: list[str] = []
