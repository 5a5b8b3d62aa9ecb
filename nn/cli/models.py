"""Opening a model file for a command."""

from pathlib import Path

import click

import nn


def load_network(path: Path) -> nn.Network:
    """Load a network for the argument MODEL; usage error with the reason if the file holds none."""
    try:
        return nn.load(path)
    except (ValueError, OSError) as error:
        raise click.BadParameter(str(error), param_hint="MODEL") from error


def shape_text(network: nn.Network) -> str:
    """The widths and the size of a network: "784-128-64-10, 109,386 parameters"."""
    return f"{nn.architecture(network)}, {network.num_parameters:,} parameters"
