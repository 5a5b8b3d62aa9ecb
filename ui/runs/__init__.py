"""Runs as the app starts, steers and names them."""
