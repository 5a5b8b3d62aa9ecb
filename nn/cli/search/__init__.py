"""`python -m nn search`: the command, the study that Optuna keeps, and where trials are trained."""
