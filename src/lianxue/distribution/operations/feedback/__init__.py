"""Operations of what readers say about titles."""
