"""The settings of a training as pages show them."""
