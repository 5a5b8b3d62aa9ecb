"""Opening a model file for a command."""

import json
from pathlib import Path

import click

import nn


def load(path: Path) -> nn.Network:
    """Load a network; raises ClickException with the reason if the file holds none."""
    try:
        return nn.load(path)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error


def labels_of(network: nn.Network) -> list[str]:
    """What the network's classes are called; their numbers where the file doesn't say."""
    try:
        labels = json.loads(network.metadata.get("labels", ""))
    except ValueError:
        labels = None
    if isinstance(labels, list) and len(labels) == network.num_classes:
        return [str(label) for label in labels]
    return [str(number) for number in range(network.num_classes)]


def short(label: str) -> str:
    """A label without signs that fonts and terminals may lack: "ki" for "ki き"."""
    return label.encode("ascii", "ignore").decode().strip() or label


def shape_text(network: nn.Network) -> str:
    """The widths and the size of a network: "784-128-64-10, 109,386 parameters"."""
    shapes = [p.shape for p in network.named_parameters().values() if p.ndim == 2]
    widths = [network.in_features, *(outputs for outputs, _ in shapes)]
    return f"{'-'.join(map(str, widths))}, {network.num_parameters:,} parameters"
