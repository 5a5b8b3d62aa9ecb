"""View: parts of the network are cut, frozen, disturbed or swapped, and it sits an exam."""

from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nn.checks import whole_number
from nn.explain.surgery import Answers, changed_sides
from nn.explain.taken_over import taken_over
from nn.explain.trace import trace
from ui.components.live_chart import live_chart
from ui.components.network_views import browser_component, pixels_text
from ui.figures.class_accuracies import class_accuracies_figure
from ui.inside import parameters
from ui.inside.chosen_image import image_dataset
from ui.inside.copied_code import images_file, model_file, show_code
from ui.inside.neuron_choice import NeuronLayer, neuron_layers, sent_neuron
from ui.inside.on_stage import sent_trace
from ui.inside.sent_number import sent_number
from ui.inside.surgery_code import other_names, surgery_code
from ui.inside.surgery_exam import Questions, Sitting, questions, sit
from ui.inside.surgery_list import asked_operations, operate, say_full
from ui.inside.surgery_operations import Operated, Tool, can_operate, in_words
from ui.inside.surgery_sources import Sources, sources_of
from ui.inside.surgery_tools import choose_tool, operate_by_number, refuse, say_refused
from ui.inside.view import Scene, View
from ui.shared.error_text import error_text
from ui.shared.percent import in_brackets, percent
from ui.shared.url_text import plain

Array = np.ndarray

_KEY, _SIDES = "inside_surgery", "inside_surgery_sides"
_ANSWERED = "inside_surgery_answered"
_LARGEST = 2**53 - 1
"""Whole numbers that JavaScript counts with."""
_SHOWN = 40
"""So many images of each side; what a browser is sent stays small."""
_walls = browser_component("surgery", "wall")
_sides = browser_component("changed_sides")


def _draw(scene: Scene) -> None:
    dataset = image_dataset(scene.chosen)
    if dataset is None:
        st.caption("There are no test images of this network's data here, so there is no exam.")
        return
    layers, sources = neuron_layers(scene.chosen.network), sources_of(scene.chosen)
    operations = asked_operations(scene, layers, sources)
    with st.container(horizontal=True, vertical_alignment="bottom", key="surgery_choice"):
        tool = choose_tool(scene, sources)
        operate_by_number(tool, layers, partial(operate, layers, sources, is_added=True))
    say_refused()
    say_full()
    left, right = st.columns([3, 2])
    with left:
        _draw_walls(scene, tool, layers, sources, operations)
        if operations or any(can_operate(tool, layer, layers) for layer in layers):
            _say_operations(operations, sources)
    exam = questions(scene, dataset)
    with right:
        found = sit(scene, exam, operations, sources)
        if found is not None:
            before, after = (Answers(exam.labels, sat.probabilities) for sat in found)
            _say(scene, before, after, found)
            _chart(scene, before, after)
    if found is not None:
        _draw_sides(scene, exam, before, after)
        _code(scene, exam, operations, sources)


def _draw_walls(
    scene: Scene,
    tool: Tool,
    layers: list[NeuronLayer],
    sources: Sources,
    operations: list[Operated],
) -> None:
    network = scene.chosen.network
    by_place = {layer.place: layer for layer in layers}

    def operated() -> None:
        sent = st.session_state[_KEY]["operated"]
        given = sent if isinstance(sent, dict) else {}  # from a browser, which may send anything
        try:
            number = whole_number("number", given.get("number"), 0, _LARGEST)
        except ValueError as error:
            refuse(error_text(error))
            return
        st.session_state[_ANSWERED] = number
        pairs = given.get("neurons")
        places = [sent_neuron(pair, network) for pair in (pairs if isinstance(pairs, list) else [])]
        new = [
            Operated(tool, by_place[place[0]], frozenset([place[1]]))
            for place in places[:200]
            if place is not None and can_operate(tool, by_place[place[0]], layers)
        ]
        operate(layers, sources, *new, is_added=False)

    _walls(
        key=_KEY,
        data={
            "image": pixels_text(scene.image.pixels),
            "labels": list(network.labels),
            "open": [layer.place for layer in layers if can_operate(tool, layer, layers)],
            "tool": [tool.how, tool.biases],
            "operated": [
                {
                    "layer": one.layer.place,
                    "units": sorted(one.units),
                    "tool": [one.tool.how, one.tool.biases],
                    "same": one.tool == tool,
                }
                for one in operations
            ],
            "answered": st.session_state.get(_ANSWERED, 0),
            "trace": None
            if scene.in_browser
            else sent_trace(network, trace(network, scene.image.pixels[None])),
        },
        height="content",
        on_operated_change=parameters.of_hand(operated),
    )


def _say_operations(operations: list[Operated], sources: Sources) -> None:
    if not operations:
        st.caption(
            "Nothing is changed yet: click a neuron, or say the numbers of several. The browser's "
            "Back takes back the last step."
        )
        return
    names = {
        source: name.replace("This training", "this training", 1)
        for source, name in sources.names.items()
    }
    lines = [plain(in_words(one, names.get(one.tool.source, "")), 500) for one in operations]
    st.markdown("\n".join(f"1. {line}" for line in lines))
    st.button(
        "Heal all",
        icon=":material/healing:",
        help="Takes back all operations. The browser's Back takes back the last one.",
        on_click=lambda: parameters.choose(surgery=None),
    )


def _say(scene: Scene, before: Answers, after: Answers, sat: tuple[Sitting, Sitting]) -> None:
    count, labels = len(before.labels), scene.chosen.network.labels
    if before.probabilities is after.probabilities:
        st.markdown(
            f"Of the first {count:,} test images it reads **{percent(before.accuracy)}** right."
        )
        return
    sides = changed_sides(before, after)
    st.markdown(
        f"Of the first {count:,} test images it read **{percent(before.accuracy)}** right and now "
        f"reads **{percent(after.accuracy)}** right: {len(sides.lost):,} lost, {len(sides.won):,} "
        f"won, {len(sides.wrong):,} wrong in another way."
    )
    was, now = (
        f"**{plain(labels[int(own.argmax())])}** {in_brackets(float(own.max()))}"
        for own in (sat[0].own, sat[1].own)
    )
    st.markdown(f"The page's image it read as {was} and now reads as {now}.")


def _chart(scene: Scene, before: Answers, after: Answers) -> None:
    live_chart(
        class_accuracies_figure(
            before.class_accuracies,
            after.class_accuracies,
            scene.chosen.network.labels,
            title="Accuracy of each class",
        ),
        key="inside_surgery_chart",
        alt=f"Bars for the accuracy of each class, {percent(after.accuracy)} in all; marks where "
        f"it was before the surgery, {percent(before.accuracy)} in all.",
        table=True,
    )


def _draw_sides(scene: Scene, exam: Questions, before: Answers, after: Answers) -> None:
    sides, labels = changed_sides(before, after), scene.chosen.network.labels

    def chosen() -> None:
        number = sent_number(st.session_state[_SIDES]["chosen"], "number")
        if number is not None and number < len(exam.labels):
            parameters.choose_image(number)

    def side(title: str, places: Array) -> dict[str, Any]:
        shown = places[:_SHOWN]
        more = f", the first {len(shown)}" if len(places) > len(shown) else ""
        return {
            "title": f"{title}: {len(places):,}{more}",
            "pixels": pixels_text(exam.images[shown]),
            "images": [
                {
                    "number": int(place),
                    "label": labels[int(exam.labels[place])],
                    "was": labels[int(before.classes[place])],
                    "now": labels[int(after.classes[place])],
                }
                for place in shown
            ],
        }

    if len(sides.lost) + len(sides.won) + len(sides.wrong):
        st.caption("Under each image: what it was read as before → what it is now.")
    _sides(
        key=_SIDES,
        data={
            "sides": [
                side("Right before, wrong now", sides.lost),
                side("Wrong before, right now", sides.won),
                side("Wrong before, wrong in another way now", sides.wrong),
            ],
        },
        height="content",
        on_chosen_change=parameters.of_hand(chosen),
    )


def _code(scene: Scene, exam: Questions, operations: list[Operated], sources: Sources) -> None:
    network = scene.chosen.network

    def other_file(source: str) -> bytes:
        other = network.copy()
        other.load_state_dict(taken_over(network, sources.network(source)[0]))
        return model_file(other, sources.names[source])

    images = "The test images of the exam and their labels."
    count = len(exam.labels)
    files = {
        "images.npz": (images, lambda: images_file(exam.images, exam.labels, np.arange(count)))
    }
    for source, name in other_names(operations).items():
        words = "The network that is swapped with, its inputs scaled as those of this one."
        files[f"{name}.py"] = words, partial(other_file, source)
    show_code(surgery_code(network, operations), scene, files)


SURGERY = View(
    "Surgery",
    "Put a tool to some neurons and see at once what the network can't do any more. What it still "
    "can without a part tells what the part is for (Morcos et al. 2018).",
    _draw,
)
