"""Which network the page looks into: a model, one of its members, at a moment of its training."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nn
from nn.history import History
from ui.components.moment_slider import moment_slider
from ui.inside import parameters
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice
from ui.runs.moments import moment_words

_NOW = "now"
_MEMBER_BOX = "inside_member"


@dataclass(frozen=True)
class ChosenNetwork:
    """One network.

    choice: the model it is of, or a part of.
    network: its weights; answers from it are of the image alone.
    name: in words, with its member and moment where there are several.
    key: the same as a key, for what is kept about it; changes with the weights.
    """

    choice: ModelChoice
    network: nn.Network
    name: str
    key: str


def chosen_network(choice: ModelChoice, notices: DeltaGenerator) -> ChosenNetwork:
    """Draw what chooses member and moment, where there is something to choose.

    Raises ValueError where the model's file can't be used.
    """
    whole = load_model(choice)
    changed = choice.path.stat().st_mtime_ns
    count = nn.member_count(whole)
    member = _member(whole, count, notices) if count > 1 else 0
    name = choice.title.split(" · ")[0]
    if count > 1:
        name += f", network {member + 1} of {count}"
    key = f"{choice.path}:{changed}:{member}"
    at = _moment(choice, member, notices)
    if at is None:
        return ChosenNetwork(choice, _member_network(key, whole, member), name, key)
    step, words = at
    folder = choice.run.folder if choice.run else Path()
    network = _network_at(folder, member, step, whole.metadata)
    # Its temperature was measured at the end only: at that moment it was an uncalibrated network.
    return ChosenNetwork(choice, network, f"{name}, {words}", f"{choice.path}:{member}@{step}")


@st.cache_resource(max_entries=12, show_spinner=False)
def _member_network(key: str, _whole: nn.Network, member: int) -> nn.Network:
    return nn.member(_whole, member)


@st.cache_resource(max_entries=12, show_spinner=False)
def _network_at(run_folder: Path, member: int, step: int, _metadata: dict[str, str]) -> nn.Network:
    history = History(run_folder, member)
    records = history.whole()
    network = history.network_at(records[np.flatnonzero(records["step"] == step)[0]])
    network.metadata = _metadata  # what its classes are called
    return network


def _member(whole: nn.Network, count: int, notices: DeltaGenerator) -> int:
    st.session_state[_MEMBER_BOX] = parameters.whole("member", count, notices) or 0

    def choose() -> None:
        member = st.session_state[_MEMBER_BOX]
        open_ones = dict.fromkeys(("at", "layer", "neuron", "place", "off", "input", "path"))
        parameters.choose(member=member, **open_ones)

    joined = whole.layers[0]
    assert isinstance(joined, nn.Branches)  # or there would be one network only
    sizes = [nn.architecture_text([row]) for row in joined.rows]
    chosen = st.selectbox(
        "Network",
        range(count),
        key=_MEMBER_BOX,
        format_func=lambda k: f"{k + 1} of {count}: {sizes[k]}",
        help="This model is several networks that answer together. Here you look into one.",
        on_change=choose,
    )
    return int(chosen)


def _moment(choice: ModelChoice, member: int, notices: DeltaGenerator) -> tuple[int, str] | None:
    """The step and its words; None for the network as its file has it."""
    moments = _moments(choice, member)
    if not moments:
        return None
    steps = [step for step, _ in moments]
    names = [words for _, words in moments] + [_NOW]
    asked = parameters.get("at")
    index = len(steps)
    if asked is not None:
        if asked.isascii() and asked.isdigit() and len(asked) < 15:
            # A run's history is thinned while it grows: the nearest moment that is left.
            index = int(np.abs(np.array(steps) - int(asked)).argmin())
        else:
            notices.warning(
                "The link asks for a moment that is no number of steps.",
                icon=":material/link_off:",
            )

    def move(to: int) -> None:
        parameters.choose(at=steps[to] if to < len(steps) else None)

    moment_slider(
        "Moment of the training",
        names,
        index,
        key="inside_moment",
        on_move=move,
        help="The network as it was then. Its weights were kept while it trained.",
    )
    return moments[index] if index < len(steps) else None


def _moments(choice: ModelChoice, member: int) -> list[tuple[int, str]]:
    if choice.run is None:
        return []
    try:
        records = History(choice.run.folder, member).whole()
    except (OSError, ValueError):
        return []  # of a run from before there were histories
    return [(int(r["step"]), moment_words(int(r["step"]), float(r["epoch"]))) for r in records]
