"""The models that pages can choose from."""
