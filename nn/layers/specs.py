"""Layers from plain data, as they stand in a model's file."""

from collections.abc import Sequence
from typing import Any

from nn.layers import LAYERS, Branches, Layer

MAX_LAYERS = 1000


def layer_from_spec(spec: Any) -> Layer:
    """The layer that `Layer.spec` describes, without its weights.

    Only known names and checked arguments get through, since a file may come from anybody:
    ValueError or TypeError for others.
    """
    if not isinstance(spec, dict) or spec.get("type") not in LAYERS:
        raise ValueError(f"a layer must be one of {', '.join(LAYERS)}, got {spec!r:.80}")
    arguments = {key: value for key, value in spec.items() if key != "type"}
    if spec["type"] == Branches.__name__:
        rows = arguments.pop("rows", None)
        if not isinstance(rows, list) or len(rows) > MAX_LAYERS:
            raise ValueError(f"rows must be a list of at most {MAX_LAYERS}, got {rows!r:.80}")
        return Branches([layers_from_specs(row) for row in rows], **arguments)
    return LAYERS[spec["type"]](**arguments)


def new_layers(layers: Sequence[Layer]) -> list[Layer]:
    """The same layers once more, without weights."""
    return layers_from_specs([layer.spec() for layer in layers])


def layers_from_specs(specs: Any) -> list[Layer]:
    """A row of layers, see `layer_from_spec`."""
    if not isinstance(specs, list) or len(specs) > MAX_LAYERS:
        raise ValueError(f"layers must be a list of at most {MAX_LAYERS}, got {specs!r:.80}")
    return [layer_from_spec(spec) for spec in specs]
