"""Off by default: take the dateline out of the body."""
