"""Datasets: find, download, keep in a cache."""
