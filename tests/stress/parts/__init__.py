"""The parts: each a module with a `PART`, named as on the command line."""
