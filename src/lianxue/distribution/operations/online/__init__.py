"""Online titles: points get access, hand out links, people open them (S0-05)."""
