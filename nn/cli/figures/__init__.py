"""Pictures that the command line draws with Matplotlib."""
