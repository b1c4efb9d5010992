"""What is decided at the desks."""
