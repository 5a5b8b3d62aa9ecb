"""Drawings: Plotly figures and grids of images, each from plain data."""
