"""View: how little of a change makes the network read the image as something else."""

from typing import Any
from zlib import crc32

import numpy as np
import streamlit as st

from nn.averaging import ALONE
from nn.cost import answer_cost
from nn.explain.adversarial import Attack
from ui.components.live_chart import live_chart
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.figures.trick import trick_figure
from ui.inside import parameters
from ui.inside.copied_code import show_code_of_image
from ui.inside.perhaps_long import perhaps_long
from ui.inside.sent_number import sent_number
from ui.inside.trick_choice import TrickChoice, choose_trick
from ui.inside.trick_code import trick_code
from ui.inside.trick_others import other_answers
from ui.inside.trick_work import FGSM, Tricks, tricks
from ui.inside.view import Scene, View
from ui.long_work import Piece
from ui.shared.number_text import number_text
from ui.shared.percent import in_brackets
from ui.shared.url_text import plain

Array = np.ndarray

_KEY = "inside_trick"
_USUAL = 10
"""Which strength is shown first where none reaches the goal."""
_QUICK = 2_000_000
"""Up to this cost of an answer the iterated form, of 1,240 gradients, takes a moment."""
_trick = browser_component("trick")


def _draw(scene: Scene) -> None:
    network, pixels = scene.chosen.network, scene.image.pixels
    if network.num_classes < 2:
        st.caption("This network knows one class only, so that nothing can be read as another.")
        return
    probabilities = network.predict_proba(pixels[None], averaging=ALONE)[0]
    choice = choose_trick(scene, probabilities)
    key = f"trick {scene.chosen.key} {scene.image.key} {choice}"
    work = Piece(key, tricks, (scene.chosen.state, pixels, *choice))
    is_quick = choice.how == FGSM or answer_cost(network.layers, network.in_features) <= _QUICK
    found = perhaps_long(work, "The trick", is_quick=is_quick)
    if found is None:
        return
    st.markdown(_what_came(scene, choice, found, probabilities))
    _draw_frames(scene, choice, found, key)
    _chart(scene, choice, found)
    show_code_of_image(trick_code(network, choice), scene)


def _what_came(scene: Scene, choice: TrickChoice, found: Tricks, probabilities: Array) -> str:
    labels, goal = scene.chosen.network.labels, choice.goal
    answer = plain(labels[goal.label])
    words = [
        f"{scene.image.name[0].upper()}{scene.image.name[1:]} is read as **{answer}** "
        f"{in_brackets(float(probabilities[goal.label]))}."
    ]
    if scene.image.label not in (None, goal.label):
        words.append(f"It is {plain(labels[scene.image.label])}: no trick was needed for that.")
    wanted = "something else" if goal.target is None else f"**{plain(labels[goal.target])}**"
    most = number_text(float(found.trick.strengths[-1]), ".2f")
    if found.smallest is None:
        words.append(f"No strength up to {most} makes it {wanted}.")
    else:
        words.append(
            f"The smallest strength that makes it {wanted} is "
            f"**{number_text(found.smallest, '.3f')}**: no pixel is changed by more than "
            f"{_shades(found.smallest)}. The slider, which goes in steps, shows it from "
            f"{number_text(float(found.trick.strengths[_start(found.trick)]), '.2f')} on."
        )
    if found.noise_smallest is None:
        words.append(f"Random noise does not, up to {most}.")
    else:
        words.append(f"Random noise takes {number_text(found.noise_smallest, '.3f')}.")
    return " ".join(words)


def _shades(strength: float) -> str:
    """How much a strength is of what a pixel can be."""
    return f"{number_text(255 * strength, '.1f')} of 255 shades"


def _start(trick: Attack) -> int:
    """The place of the strength that is shown first."""
    return int(trick.reached.argmax()) if trick.reached.any() else _USUAL


def _draw_frames(scene: Scene, choice: TrickChoice, found: Tricks, key: str) -> None:
    count, name = len(found.trick.strengths), f"{crc32(key.encode()):08x}"  # the key has a path

    def placed() -> None:
        sent = st.session_state[_KEY]["placed"]
        at = sent_number(sent, "at")
        if at is not None and at < count and sent.get("of") == name:
            parameters.choose(trick_at=at)

    _trick(
        key=_KEY,
        data={
            "id": name,
            "image": pixels_text(scene.image.pixels),
            "strengths": found.trick.strengths.tolist(),
            "shades": [_shades(strength) for strength in found.trick.strengths.tolist()],
            "at": parameters.whole("trick_at", count, scene.notices),
            "start": _start(found.trick),
            "labels": list(scene.chosen.network.labels),
            "answer": choice.goal.label,
            "target": choice.goal.target,
            "trick": _sent("The trick", found.trick),
            "noise": _sent("Random noise as strong", found.noise),
            "others": [
                {"name": other, "trick": _answers(trick), "noise": _answers(noise)}
                for other, (trick, noise) in other_answers(key, scene.chosen, found).items()
            ],
        },
        height="content",
        on_placed_change=parameters.of_hand(placed),
    )


def _sent(title: str, attack: Attack) -> dict[str, str]:
    return {
        "title": title,
        "images": pixels_text(np.round(255 * attack.images)),
        "probabilities": floats_text(attack.probabilities),
    }


def _answers(probabilities: Array) -> dict[str, list[Any]]:
    return {
        "answers": probabilities.argmax(axis=1).tolist(),
        "sure": probabilities.max(axis=1).tolist(),
    }


def _chart(scene: Scene, choice: TrickChoice, found: Tricks) -> None:
    goal, trick, labels = choice.goal, found.trick, scene.chosen.network.labels
    other = goal.target
    if other is None:  # what it becomes first, or comes nearest to at last
        last = trick.probabilities[trick.reached.argmax() if trick.reached.any() else -1].copy()
        last[goal.label] = -1
        other = int(last.argmax())

    def chosen(point: dict[str, Any]) -> None:
        parameters.choose(trick_at=int(np.abs(trick.strengths - point["x"]).argmin()))

    names = f"{labels[goal.label]} and {labels[other]}"
    live_chart(
        trick_figure(
            trick.strengths,
            trick.probabilities,
            found.noise.probabilities,
            (goal.label, other),
            labels,
            found.smallest,
        ),
        key="inside_trick_chart",
        alt=f"The probabilities of {names} over the strength, of the trick and of noise as strong.",
        on_click=parameters.of_hand(chosen),
        table=True,
    )
    st.caption(
        "A click on a line shows the image of that strength. The dashed upright line, where there "
        "is one, is the smallest strength that reaches the goal."
    )


TRICK = View(
    "Trick",
    "A change that hardly shows, in the direction that the network's own gradient says, makes it "
    "read something else (Goodfellow et al. 2015; in steps: Kurakin et al. 2017). Random noise as "
    "strong hardly ever does: what counts is the direction.",
    _draw,
)
