"""Charts of a search: what its trials found, and what decided about it."""
