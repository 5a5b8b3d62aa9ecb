"""Training: batches, epochs, validation, checkpoints, several processes."""
