"""Below the chain: whether its number is right, by trying, and what comes of a step down."""

import math

import streamlit as st

from nn.explain.gradient_check import GOOD_STEP, GradientCheck
from nn.explain.one_step import OneStep
from ui.components.live_chart import live_chart
from ui.figures.gradient_check import error_figure, sample_figure, signs_differ
from ui.inside import parameters
from ui.inside.backwards_numbers import SAMPLE, check, check_many, step_down
from ui.inside.backwards_weight import ChosenWeight
from ui.inside.view import Scene
from ui.shared.number_text import number_text, power_of_ten
from ui.shared.percent import SIGN
from ui.shared.url_text import quote

RATES = [m * 10.0**e for e in range(-4, 1) for m in (1, 2, 5)] + [10.0]
_RATE = 0.001
_RATE_BOX = "backwards_rate"
_CHECKED = "backwards_checked"
_AGREE = 1e-4
"""Two numbers that differ by a smaller part of them are the same, but for the step's own error."""


def trying(scene: Scene, target: int, weight: ChosenWeight) -> None:
    """The central difference of the weight at many steps."""
    st.subheader("Is it right? Try it")
    found = check(scene.chosen, scene.image.pixels, target, weight)
    st.markdown(check_words(found))
    if any(one.value for one in found.differences):
        figure = error_figure(found)
        best = found.best
        alt = (
            f"Relative error of the central difference for steps from 0.1 to 1e-12, the smallest "
            f"{best.relative_error:.1e} at {best.step:g}."
        )
        live_chart(figure, key="backwards_error", alt=alt)
    with st.expander("The numbers"):
        lines = [
            f"| {_power(one.step)} | {number_text(one.value, '+.10g')} "
            f"| {one.relative_error:.1e} | {'a kink inside' if one.crosses_kink else ''} |"
            for one in found.differences
        ]
        head = "| step h | (L(w + h) − L(w − h)) / 2h | relative error | |\n|--:|--:|--:|---|\n"
        st.markdown(head + "\n".join(lines))


def check_words(found: GradientCheck) -> str:
    """What trying says of a weight's gradient, as Markdown."""
    kinked = [one.step for one in found.differences if one.crosses_kink]
    if found.gradient == 0 and not any(one.value for one in found.differences):
        return (
            "Moving the weight up and down changes nothing: the gradient is 0 both ways. The "
            "factor of the chain that is 0 says why."
        )
    best = found.best
    tried, told = (number_text(value, "+.8g") for value in (best.value, found.gradient))
    words = (
        "Move the weight by h up and down, and see how much the loss changes: "
        f"**{tried}** with h = {_power(best.step)}. Backpropagation says **{told}**. Large steps "
        "err because the loss is curved, tiny ones because the two losses are the same but for "
        "rounding."
    )
    if kinked:
        words += (
            f" From h = {_power(min(kinked))} on a **kink** lies inside the step: a ReLU or max "
            "pooling goes over to its other piece, and the difference mixes two slopes."
        )
    return words


def many_weights(scene: Scene, target: int) -> None:
    """The same for a sample of all weights, once it is asked for."""
    asked = (scene.chosen.key, scene.image.pixels.tobytes(), target)

    def ask() -> None:
        st.session_state[_CHECKED] = asked

    st.button(
        f"Check {SAMPLE} weights",
        on_click=ask,
        help="Weights of all layers, half of them such as have a gradient for this image: each is "
        f"moved up and down by {_power(GOOD_STEP)}.",
    )
    if st.session_state.get(_CHECKED) != asked:
        return
    with st.spinner(f"Trying {SAMPLE} weights …", show_time=False):
        checks = check_many(scene.chosen, scene.image.pixels, target)
    words = sample_words(checks)
    st.markdown(words)
    live_chart(sample_figure(checks), key="backwards_sample", alt=words, table=True)


def sample_words(checks: list[GradientCheck]) -> str:
    zero = sum(check.gradient == 0 and check.differences[0].value == 0 for check in checks)
    kinked = sum(check.differences[0].crosses_kink for check in checks)
    same = sum(check.differences[0].relative_error < _AGREE for check in checks)
    words = f"For {same} of {len(checks)} weights both numbers are the same to four digits"
    words += f", {zero} of them because both are 0." if zero else "."
    if same < len(checks):
        opposite = sum(signs_differ(check) for check in checks)
        words += (
            f" Of the others {kinked} have a kink inside the step, and in {opposite} the signs "
            "differ. Where a gradient is tiny, the rounding of the two losses is larger than their "
            "difference."
        )
    return words


def one_step_down(scene: Scene, target: int) -> None:
    """What all weights together promise for a step, and what comes of it."""
    st.subheader("One step down")
    rate = _learning_rate(scene)
    step = step_down(scene.chosen, scene.image.pixels, target, rate)
    numbers = " | ".join(number_text(loss) for loss in (step.before, step.predicted, step.after))
    st.markdown(f"| Loss before | promised | really after |\n|--:|--:|--:|\n| {numbers} |")
    st.markdown(step_words(step))


def step_words(step: OneStep) -> str:
    """Whether a step did what the gradient promised, as Markdown."""
    promised, kept = step.before - step.predicted, step.before - step.after
    if promised == 0:
        return "The gradient is 0: there is no way down from here."
    words = (
        "All weights move by the learning rate times their gradient, for this image alone. The "
        f"gradient promises that the loss falls by {number_text(promised)}, "
    )
    if kept < 0:
        words += f"but it **rises** by {number_text(-kept)}: the step leads over the valley."
    else:
        words += (
            f"and it falls by {number_text(kept)}, **{100 * kept / promised:.3g}{SIGN}** of that. "
        )
        words += (
            "So short a step keeps its word."
            if abs(kept / promised - 1) < 0.05
            else "The slope changes on the way, which the gradient does not know."
        )
    if step.predicted < 0:
        words += " A loss below 0, as promised, there cannot be."
    return words


def _learning_rate(scene: Scene) -> float:
    names = [f"{rate:g}" for rate in RATES]
    asked = parameters.get("rate")
    if asked is not None and asked not in names:
        scene.notices.warning(
            f"The link asks for rate {quote(asked)}: it must be one of {', '.join(names)}.",
            icon=":material/link_off:",
        )
    shown = asked if asked in names else f"{_RATE:g}"
    st.session_state[_RATE_BOX] = shown
    st.select_slider(
        "Learning rate",
        names,
        key=_RATE_BOX,
        on_change=lambda: parameters.choose(rate=st.session_state[_RATE_BOX]),
        help="How far the weights move: this many times the gradient.",
    )
    assert shown is not None
    return float(shown)


def _power(step: float) -> str:
    """A step that is a power of ten."""
    return power_of_ten(round(math.log10(step)))
