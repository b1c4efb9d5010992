"""Pages of the desk: lending, taking back, issuing, reserving, labels, and the two registers."""
