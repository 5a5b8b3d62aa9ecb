"""Ways to watch a training: its digits, its weights, its health, at any moment it has kept."""
