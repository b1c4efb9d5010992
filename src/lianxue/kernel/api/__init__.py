"""What every address of the open interface shares: scopes, refusals as problems, cursors, requests carried out once."""
