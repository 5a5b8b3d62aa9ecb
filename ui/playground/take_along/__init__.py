"""What can be taken along: the training as code, and weights and points as a file."""
