"""Several runs and models beside each other: curves, settings and mistakes."""
