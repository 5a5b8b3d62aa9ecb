"""Searches on the page Runs: a space of settings, a budget, and what the trials found."""
