"""Which neurons are switched off, as it stands in the address: "0.12-0.15" are two of layer 0."""

from typing import Any

from ui.inside import parameters
from ui.inside.neuron_choice import neuron_layers
from ui.inside.view import Scene
from ui.shared.url_text import quote

MOST = 200
"""So many at once; an address has to end somewhere."""


def asked_off(scene: Scene) -> list[tuple[int, int]]:
    """(layer, neuron) of each; those that are none are left out, with a notice."""
    text = parameters.get("off")
    if not text:
        return []
    allowed = _allowed(scene)
    parts = list(dict.fromkeys(text.split("-")))
    if len(parts) > MOST:
        scene.notices.warning(
            f"The link switches off {len(parts):,} neurons. Only {MOST} can be off at once: the "
            "first ones are.",
            icon=":material/link_off:",
        )
        parts = parts[:MOST]
    found = [allowed[part] for part in parts if part in allowed]
    if len(found) < len(parts):
        scene.notices.warning(
            f"The link switches off {quote(text)}: it must be layer and neuron with a point "
            'between them, as in "0.12-0.15", and not of the last layer.',
            icon=":material/link_off:",
        )
    return found


def off_words(scene: Scene) -> str | None:
    """How many, of which kind, as the beginning of a sentence; None where there are none."""
    off = asked_off(scene)
    if not off:
        return None
    silenced = {layer for layer, _ in off}
    layers = neuron_layers(scene.chosen.network)
    kinds = {layer.kind for layer in layers if layer.place in silenced}
    kind = kinds.pop() if len(kinds) == 1 else "neuron"
    return f"A {kind} is" if len(off) == 1 else f"{len(off)} {kind}s are"


def sent_off(sent: Any, scene: Scene) -> str | None:
    """The text for what a browser has sent, which may send anything: [[layer, neuron], ...]."""
    pairs = sent[:MOST] if isinstance(sent, list) else []
    texts = [".".join(map(str, pair)) if isinstance(pair, list) else "" for pair in pairs]
    allowed = _allowed(scene)
    return "-".join(text for text in dict.fromkeys(texts) if text in allowed) or None


def _allowed(scene: Scene) -> dict[str, tuple[int, int]]:
    """All neurons but the logits, by their text."""
    return {
        f"{layer.place}.{neuron}": (layer.place, neuron)
        for layer in neuron_layers(scene.chosen.network)[:-1]
        for neuron in range(layer.units)
    }
