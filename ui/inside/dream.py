"""View: the image to which a class or a neuron says most."""

from functools import partial
from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st

import data
from nn.averaging import ALONE
from nn.cost import answer_cost
from ui.components.live_chart import live_chart
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.figures.dream import begins_below, dream_figure
from ui.inside import parameters
from ui.inside.chosen_image import image_dataset
from ui.inside.copied_code import image_file, show_code
from ui.inside.dream_choice import IMAGE, DreamChoice, choose_dream
from ui.inside.dream_code import dream_code
from ui.inside.dream_work import Dreamt, Real, dreamt
from ui.inside.neuron_choice import neuron_layers
from ui.inside.perhaps_long import perhaps_long
from ui.inside.sent_number import sent_number
from ui.inside.view import Scene, View
from ui.long_work import Piece
from ui.shared.number_text import number_text
from ui.shared.percent import in_brackets
from ui.shared.url_text import plain

Array = np.ndarray

_KEY = "inside_dream"
_QUICK = 1_500_000
"""Up to this cost of an answer a dream, of 100 answers and gradients one by one, takes a moment."""
_dream = browser_component("dream")


def _draw(scene: Scene) -> None:
    network, pixels = scene.chosen.network, scene.image.pixels
    probabilities = network.predict_proba(pixels[None], averaging=ALONE)[0]
    choice = choose_dream(scene, probabilities)
    dataset = image_dataset(scene.chosen)
    start: str | Array = pixels if choice.start == IMAGE else choice.start
    of_image = f" {scene.image.key}" if choice.start == IMAGE else ""
    key = f"dream {scene.chosen.key} {dataset} {choice}{of_image}"
    arguments = (
        scene.chosen.state,
        choice.neuron,
        choice.layer.place,
        choice.settings,
        start,
        dataset,
    )
    is_quick = answer_cost(network.layers, network.in_features) <= _QUICK
    found = perhaps_long(Piece(key, dreamt, arguments), "The dream", is_quick=is_quick)
    if found is None:
        return
    subject = _subject(scene, choice)
    st.markdown(_what_came(scene, subject, found))
    _draw_frames(scene, subject, found, dataset, key)
    _chart(subject, found)
    of_page = {"images.npz": ("The page's image.", partial(image_file, scene.image))}
    show_code(dream_code(network, choice), scene, of_page if choice.start == IMAGE else {})


def _subject(scene: Scene, choice: DreamChoice) -> str:
    """What is maximised, as plain text."""
    layer = choice.layer
    if layer == neuron_layers(scene.chosen.network)[-1]:
        return f"the logit of {scene.chosen.network.labels[choice.neuron]}"
    name = f"{layer.kind} {choice.neuron} of {layer.title.lower()}"
    return f"the mean sum of {name}" if layer.kind == "filter" else f"the sum of {name}"


def _what_came(scene: Scene, subject: str, found: Dreamt) -> str:
    values, best = found.dream.values, _best(found)
    first, most = (number_text(float(values[k]), ".2f") for k in (0, best))
    read = found.dream.probabilities[best]
    label = plain(scene.chosen.network.labels[int(read.argmax())])
    if best:
        words = [f"Going uphill takes {plain(subject)} from {first} to **{most}** at step {best}."]
    else:
        words = [f"No step raises {plain(subject)} above the **{most}** that it begins with."]
    if found.real is not None:
        real = number_text(found.real.most_value, ".2f")
        words.append(f"The most that one of {found.real.asked:,} test images has is {real}.")
    words.append(
        f"The network reads its dream as **{label}** "
        f"{in_brackets(float(read.max()))}, sure or not: it has never learned to say "
        "that something is no picture of its kind."
    )
    return " ".join(words)


def _best(found: Dreamt) -> int:
    """The step with the most: blur and jitter may take some of it away again."""
    return int(found.dream.values.argmax())


def _draw_frames(scene: Scene, subject: str, found: Dreamt, dataset: str | None, key: str) -> None:
    dream = found.dream
    count, name = len(dream.frames), f"{crc32(key.encode()):08x}"  # the key has a path in it

    def placed() -> None:
        sent = st.session_state[_KEY]["placed"]
        at = sent_number(sent, "at")
        if at is not None and at < count and sent.get("of") == name:
            parameters.choose(dream_step=at)

    def chosen() -> None:
        number = sent_number(st.session_state[_KEY]["chosen"], "number")
        if number is not None and found.real is not None and number in found.real.places:
            parameters.choose_image(number)

    _dream(
        key=_KEY,
        data={
            "id": name,
            "at": parameters.whole("dream_step", count, scene.notices),
            "start": _best(found),
            "labels": list(scene.chosen.network.labels),
            "subject": subject,
            "images": pixels_text(np.round(255 * dream.frames)),
            "values": floats_text(dream.values),
            "probabilities": floats_text(dream.probabilities),
            "real": None if found.real is None or dataset is None else _sent(found.real, dataset),
        },
        height="content",
        on_placed_change=parameters.of_hand(placed),
        on_chosen_change=parameters.of_hand(chosen),
    )


def _sent(real: Real, dataset: str) -> dict[str, Any]:
    """For the browser: each of the images once, and which one belongs to which frame."""
    each, which = np.unique(real.places, return_inverse=True)
    loaded = data.load(dataset)
    return {
        "images": pixels_text(loaded.test_images[each]),
        "numbers": each.tolist(),
        "classes": loaded.test_labels[each].tolist(),
        "which": which.tolist(),
        "distances": floats_text(real.distances),
        "values": floats_text(real.values),
    }


def _chart(subject: str, found: Dreamt) -> None:
    values, real, best = found.dream.values, found.real, _best(found)
    first, top, last = (number_text(float(values[k]), ".2f") for k in (0, best, -1))
    most = None if real is None else (real.most_value, real.asked)

    def chosen(point: dict[str, Any]) -> None:
        parameters.choose(dream_step=int(np.clip(round(point["x"]), 0, len(values) - 1)))

    live_chart(
        dream_figure(values, most),
        key="inside_dream_chart",
        alt=f"{subject[0].upper()}{subject[1:]} at each step uphill: {first} at first, {top} at "
        f"step {best}, {last} at the end.",
        on_click=parameters.of_hand(chosen),
        table=True,
    )
    start = f" The first steps are below the chart: it begins at {first}."
    st.caption(
        "A click on a line shows that step. The penalties are not in these numbers, and blur and "
        f"jitter may make them fall for a while.{start if begins_below(values, most) else ''}"
    )


DREAM = View(
    "Dream",
    "The image to which a class or a neuron says most, found by going uphill on the pixels (Erhan "
    "et al. 2009; Simonyan et al. 2014). It is no picture of a digit “in the network's mind”: it "
    "shows what the sum rewards, and often looks like nothing real.",
    _draw,
)
