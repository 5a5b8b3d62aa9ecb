"""`python -m nn`: train, evaluate and use networks from the command line."""

from nn.cli import main

main(prog_name="python -m nn")
