"""A network as JSON: layers and weights as plain numbers, in an order that any language can follow.

docs/export.md tells what each field means.
"""

import json
from collections.abc import Iterator

from nn.export.plan import INK, Array, Plan
from nn.export.steps import SETTINGS, Step, word_for

FORMAT = "scratch-nn JSON 1"
KINDS = {
    "Linear": "linear",
    "Conv2d": "conv2d",
    "MaxPool2d": "max_pool2d",
    "Flatten": "flatten",
    "BatchNorm": "batch_norm",
    "Image": "image",
    "Row": "row",
    "Branches": "sum",
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "GELU": "gelu",
}
"""What steps are called. Dropout is left out: outside of training it does nothing."""


def json_file(plan: Plan) -> bytes:
    """The text, a line for each row of weights; ValueError for a layer of an unknown kind."""
    head = {
        "format": FORMAT,
        "about": plan.about,
        "input": {"shape": plan.shape, "pixels": INK, "mean": plan.mean, "std": plan.std},
        "labels": plan.labels,
        "temperature": plan.temperature,
        "averaging": {
            "copies": plan.averaging.copies,
            "shift": plan.averaging.shift,
            "rotation": plan.averaging.rotation,
        },
    }
    text = ",\n".join(f"{json.dumps(name)}: {_dumps(value)}" for name, value in head.items())
    layers = ",\n".join(_layers(plan, plan.steps))
    return f'{{\n{text},\n"layers": [\n{layers}\n]\n}}\n'.encode()


def _layers(plan: Plan, steps: list[Step]) -> Iterator[str]:
    for step in steps:
        if step.kind == "Dropout":
            continue
        fields = {"type": _dumps(word_for(step, KINDS, "JSON"))}
        fields |= {name: _dumps(value) for name, value in _settings(step).items()}
        if step.rows:
            rows = (",\n".join(_layers(plan, row)) for row in step.rows)
            fields["rows"] = "[\n" + ",\n".join(f"[{row}]" for row in rows) + "]"
        elif step.layer:
            names = step.layer.parameter_shapes() | step.layer.buffer_shapes()
            fields |= {name: _numbers(plan.tensors[f"{step.place}.{name}"]) for name in names}
        yield "{" + ", ".join(f'"{name}": {value}' for name, value in fields.items()) + "}"


def _settings(step: Step) -> dict[str, object]:
    if step.kind == "Image":
        return {"channels": step.shape[0], "side": step.shape[1]}
    name = SETTINGS.get(step.kind)
    return {name: getattr(step.layer, name)} if name else {}


def _numbers(values: Array) -> str:
    """An array as lists in lists; nine digits tell every float32 from its neighbours."""
    if values.ndim > 1:
        return "[" + ",\n".join(map(_numbers, values)) + "]"
    return "[" + ",".join(map("{:.9g}".format, values.tolist())) + "]"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
