"""View: which pixels an answer hangs on, three ways to say it, and whether they can be believed."""

import streamlit as st

from nn.averaging import ALONE
from ui.components.live_chart import live_chart
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.figures.deletion import deletion_figure
from ui.inside import parameters
from ui.inside.copied_code import show_code_of_image
from ui.inside.view import Scene, View
from ui.inside.why_code import why_code
from ui.inside.why_maps import (
    OCCLUSION,
    RANDOM_ORDER,
    Maps,
    Question,
    completeness,
    deletion_curves,
    maps,
    random_maps,
)
from ui.inside.why_question import choose_question
from ui.shared.number_text import number_text
from ui.shared.percent import probability_percent
from ui.shared.url_text import plain

_maps = browser_component("why")
_patch = browser_component("patch")

_PATCH = "inside_patch"
_RANDOM_BOX = "why_random"


def _draw(scene: Scene) -> None:
    network, pixels = scene.chosen.network, scene.image.pixels
    probabilities = network.predict_proba(pixels[None], averaging=ALONE)[0]
    question = choose_question(scene, probabilities)
    learned = maps(scene.chosen, pixels, question)
    st.markdown(_what_is_shared(scene, question, learned))
    rows = [_row("What it learned", learned)]
    if _with_random(scene):
        rows.append(_row("Random weights", random_maps(scene.chosen, pixels, question)))
    _maps(key="inside_why", data={"image": pixels_text(pixels), "rows": rows}, height="content")
    if len(rows) > 1:
        st.caption(
            "The second row has the same layers with random weights, on a scale of its own. A map "
            "that looks alike in both rows shows the image and not what the network has learned "
            "(Adebayo et al. 2018)."
        )
    _hide_by_hand(scene, question, learned)
    _deletion(scene, question, int(probabilities.argmax()))
    show_code_of_image(why_code(network, question), scene)


def _what_is_shared(scene: Scene, question: Question, learned: Maps) -> str:
    name = _subject(scene, question)
    value, black, total = (
        number_text(number, ".2f")
        for number in (learned.value, learned.black, learned.value - learned.black)
    )
    return (
        f"{name[0].upper()}{name[1:]} is {value} here and {black} for a black image. "
        f"Integrated gradients share out the difference, **{total}**, among the pixels; the other "
        "two maps need not add up to it: the patches of occlusion overlap."
    )


def _subject(scene: Scene, question: Question) -> str:
    """What is explained, in words, as Markdown."""
    labels = scene.chosen.network.labels
    if question.contrast is None:
        return f"the logit of **{plain(labels[question.target])}**"
    return (
        f"the logit of **{plain(labels[question.target])}** less that of "
        f"**{plain(labels[question.contrast])}**"
    )


def _row(name: str, found: Maps) -> dict[str, object]:
    return {
        "name": name,
        "maps": [
            {
                "title": title,
                "values": floats_text(one.pixels),
                "words": completeness(title, one),
            }
            for title, one in found.attributions.items()
        ],
    }


def _with_random(scene: Scene) -> bool:
    asked = parameters.get("random")
    if asked not in (None, "1"):
        scene.notices.warning(
            "The link's value of random must be 1: then the maps of random weights are shown too.",
            icon=":material/link_off:",
        )
    st.session_state[_RANDOM_BOX] = asked == "1"
    return st.toggle(
        "Beside random weights",
        key=_RANDOM_BOX,
        on_change=lambda: parameters.choose(random=1 if st.session_state[_RANDOM_BOX] else None),
        help="The same maps for the same layers with random weights: do they differ?",
    )


def _hide_by_hand(scene: Scene, question: Question, learned: Maps) -> None:
    st.subheader("Hide a part of it")
    if not scene.in_browser:
        st.caption(
            "This network is too large for the browser, which would have to run it for every "
            "place of a patch that is dragged over the image."
        )
        return
    st.markdown(
        "Drag the patch over the image, or move it with the arrow keys, and watch the answer. "
        "What is lost is what the map of occlusion shows at the patch's middle."
    )
    labels = scene.chosen.network.labels
    contrast = question.contrast
    pixels = scene.image.pixels.size

    def placed() -> None:
        sent = st.session_state[_PATCH]["placed"]
        if not isinstance(sent, dict):  # from a browser, which may send anything
            return
        middle = sent.get("place")
        if sent.get("image") != parameters.image_key():  # another one has been chosen since
            return
        if type(middle) is int and 0 <= middle < pixels:
            parameters.choose(hidden=middle)

    _patch(
        key=_PATCH,
        data={
            "image": pixels_text(scene.image.pixels),
            "image_key": parameters.image_key(),
            "occlusion": floats_text(learned.attributions[OCCLUSION].pixels),
            "place": parameters.whole("hidden", pixels, scene.notices),
            "size": question.patch,
            "fill": question.fill,
            "target": question.target,
            "contrast": contrast,
            "subject": f"Logit of {labels[question.target]}"
            + ("" if contrast is None else f" less that of {labels[contrast]}"),
        },
        height="content",
        on_placed_change=parameters.of_hand(placed),
    )


def _deletion(scene: Scene, question: Question, answer: int) -> None:
    st.subheader("Which map can be believed?")
    st.markdown(
        "Turn the pixels black that a map names first, and the answer should fall at once: the "
        "smaller the area under its line, the better the map. A map that is no better than a "
        "random order has found nothing."
    )
    curves = deletion_curves(scene.chosen, scene.image.pixels, question)
    label = scene.chosen.network.labels[question.target]
    start = float(next(iter(curves.values())).probabilities[0])
    if start < 0.5:
        what = "the answer, but an unsure one" if question.target == answer else "not the answer"
        st.caption(
            f"{plain(label)} is {what}: its lines begin at {probability_percent(start)}, so that "
            "all areas are small and say little."
        )
    areas = [f"{title} {curve.area:.2f}" for title, curve in curves.items()]
    live_chart(
        deletion_figure(curves, label, RANDOM_ORDER),
        key="inside_deletion",
        alt=f"The probability of {label} while pixels turn black, in the order of each map. Areas "
        f"under the lines: {', '.join(areas)}.",
        table=True,
    )


WHY = View(
    "Why",
    "Blue pixels speak for the class, orange ones against it. Look where the three maps agree, and "
    "whether the answer goes when you hide what they point at.",
    _draw,
)
