"""The command line: a click group with one file per command.

Training has to show its first numbers as soon as possible after start, so everything slow to import
(Matplotlib, Pillow, tqdm) is imported by the function that uses it, here and in the commands.
"""

import click

from nn.cli.data import data
from nn.cli.evaluate import evaluate
from nn.cli.export import export
from nn.cli.plane import plane
from nn.cli.predict import predict
from nn.cli.runs import runs
from nn.cli.search.command import search
from nn.cli.train.command import train


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Train, evaluate and use neural networks written in nothing but NumPy."""


main.add_command(train)
main.add_command(search)
main.add_command(evaluate)
main.add_command(predict)
main.add_command(export)
main.add_command(data)
main.add_command(runs)
main.add_command(plane)
