"""The loss as a landscape: a sheet through the space of all weights, how high the loss lies over
it, and where the path of a training runs (Li et al. 2018, "Visualizing the loss landscape of neural
nets")."""
