"""The exam after surgery as lines of NumPy to copy."""

from collections.abc import Sequence

import nn
from nn.explain.neurons import neuron_layer
from ui.inside.copied_code import IMPORTS, steps_to
from ui.inside.surgery_operations import Operated


def other_names(operations: Sequence[Operated]) -> dict[str, str]:
    """What the modules of the networks are called that are swapped with, by their source."""
    sources = dict.fromkeys(one.tool.source for one in operations if one.tool.how == "swapped")
    return {source: f"other{number}" for number, source in enumerate(sources, 1)}


def surgery_code(network: nn.Network, operations: Sequence[Operated]) -> str:
    """Lines that print the accuracy, and that of each class."""
    others = other_names(operations)
    imports = IMPORTS + "".join(f"import {name}\n" for name in others.values())
    lines = [
        imports,
        'with np.load("images.npz") as files:',
        '    images, labels = files["images"], files["labels"]',
        "x = (images.reshape(len(images), -1) / 255 - model.MEAN) / model.STD",
        "h = x.astype(np.float32)",
        *_means(network, operations),
    ]
    for one in operations:
        if one.tool.how == "swapped":
            lines += _swap(network, one, others[one.tool.source])
        elif one.tool.biases:
            lines += _biases(one)
    done = 0
    for end, some in _by_end(network, operations).items():
        steps, is_image = steps_to(network, end)
        lines.append(f"h = model.run(h, model.LAYERS[{done}:{len(steps)}])")
        done = len(steps)
        for one in some:
            lines += _change(one, end, is_image)
    lines += [
        f"logits = model.run(h, model.LAYERS[{done}:])",
        "right = logits.argmax(axis=1) == labels",
        "print(right.mean())",
        f"print([float(right[labels == k].mean()) for k in range({network.num_classes})])",
    ]
    return "\n".join(lines) + "\n"


def _by_end(network: nn.Network, operations: Sequence[Operated]) -> dict[int, list[Operated]]:
    """What is done to what neurons say, by the last place of their layer."""
    found: dict[int, list[Operated]] = {}
    for one in operations:
        if not one.tool.biases and one.tool.how != "swapped":
            found.setdefault(_end(network, one), []).append(one)
    return dict(sorted(found.items()))


def _end(network: nn.Network, one: Operated) -> int:
    return neuron_layer(network, one.layer.place).end


def _means(network: nn.Network, operations: Sequence[Operated]) -> list[str]:
    """What the neurons say before the surgery."""
    lines = []
    for end, some in _by_end(network, operations).items():
        if any(one.tool.how != "cut" for one in some):
            steps, is_image = steps_to(network, end)
            axes = "(0, 2, 3)" if is_image else "0"
            lines += [
                f"said = model.run(h, model.LAYERS[:{len(steps)}])",
                f"mean_{end}, deviation_{end} = said.mean(axis={axes}), said.std(axis={axes})",
            ]
    return lines


def _change(one: Operated, end: int, is_image: bool) -> list[str]:
    tool, places = one.tool, "[:, None, None]" if is_image else ""
    lines = [f"units = {sorted(one.units)}"]
    if tool.how == "cut":
        return [*lines, "h[:, units] = 0"]
    if tool.how == "frozen":
        return [*lines, f"h[:, units] = mean_{end}[units]{places}"]
    shape = "(len(h), *h.shape[2:], len(units))"
    turned = ".transpose(0, 3, 1, 2)" if is_image else ""
    return [
        *lines,
        f"noise = np.random.default_rng({tool.seed}).standard_normal({shape}, np.float32){turned}",
        f"h[:, units] += {tool.size:g} * deviation_{end}[units]{places} * noise",
    ]


def _biases(one: Operated) -> list[str]:
    tool, name = one.tool, f'model.TENSORS["{one.layer.place}.bias"]'
    lines = [f"units = {sorted(one.units)}"]
    if tool.how == "cut":
        return [*lines, f"{name}[units] = 0"]
    return [
        *lines,
        f"noise = np.random.default_rng({tool.seed}).standard_normal(len(units))",
        f"{name}[units] += {tool.size:g} * {name}.std() * noise",
    ]


def _swap(network: nn.Network, one: Operated, other: str) -> list[str]:
    """The tensors of a layer, and of the batch normalisation behind it, which of filters has a
    value for each place."""
    place, end = one.layer.place, _end(network, one)
    names = [f"{place}.bias"]
    if not one.tool.biases:
        kinds = network.state_dict()
        names = [name for name in kinds if place <= int(name.split(".")[0]) <= end]
    lines = [f"units = {sorted(one.units)}"]
    for name in names:
        mine, theirs = f'model.TENSORS["{name}"]', f'{other}.TENSORS["{name}"]'
        if len(network.state_dict()[name]) != one.layer.units:
            shape = f".reshape(-1, {one.layer.units})"
            lines.append(f"{mine}{shape}[:, units] = {theirs}{shape}[:, units]")
        else:
            lines.append(f"{mine}[units] = {theirs}[units]")
    return lines
