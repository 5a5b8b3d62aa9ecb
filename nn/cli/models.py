"""Opening a model file for a command."""

from pathlib import Path

import click

import nn


def load_network(path: Path) -> nn.Network:
    """Load a network; raises ClickException with the reason if the file holds none."""
    try:
        return nn.load(path)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error


def shape_text(network: nn.Network) -> str:
    """The widths and the size of a network: "784-128-64-10, 109,386 parameters"."""
    return f"{nn.architecture(network)}, {network.num_parameters:,} parameters"
