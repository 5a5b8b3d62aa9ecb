"""`python -m nn train`: its options, its run folder, and the training itself."""
