"""Which network the page looks into: a model, one of its members, at a moment of its training."""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nn
from nn.plain_state import plain_state
from ui.inside import parameters, slow_view
from ui.models.load import load_stamped
from ui.models.model_choice import ModelChoice
from ui.runs.chosen_moment import chosen_moment
from ui.runs.kept import Kept, kept
from ui.shared import address
from ui.shared.lately import Lately
from ui.shared.newest import Stamp, file_stamp

_END, _NEWEST = "the end", "newest"
"""What the network in the model's file is called: that of a training that is over, or goes on."""
_MEMBER_BOX = "inside_member"
_SHOWN = "inside_network"
"""Of a training that goes on: path, member, key and weights of the network that was shown last as
its file had it. Here, since what other visitors look at pushes it out of `_networks`."""
# Of a training that is followed each save is another network, and so is each moment of a slider
# that is dragged: only the newest few are kept.
_networks: Lately[nn.Network] = Lately(6)
_states: Lately[dict[str, Any]] = Lately(6)


@dataclass(frozen=True)
class ChosenNetwork:
    """One network.

    choice: the model it is of, or a part of.
    member: its place among the networks of the model, from 0 on.
    step: that of the moment of its training at which it is shown; None for it as its file has it.
    network: its weights; answers from it are of the image alone.
    name: in words, with its member and moment where there are several.
    key: the same as a key, for what is kept about it; changes with the weights.
    is_averaged: whether other pages have the model answer with averages over copies of the image.
    """

    choice: ModelChoice
    member: int
    step: int | None
    network: nn.Network
    name: str
    key: str
    is_averaged: bool

    @property
    def state(self) -> dict[str, Any]:
        """The network's `plain_state`."""
        return shared_state(self.key, self.network)

    def kept(self, kind: str) -> Kept | None:
        """The records of this kind that its training has kept, see `ui.runs.kept`; None if it has
        none, or the model is of no training."""
        run = self.choice.run
        return None if run is None else kept(run.folder, self.choice.dataset, self.member, kind)


def shared_state(key: str, network: nn.Network) -> dict[str, Any]:
    """The `plain_state` of the network with this key, one for all visitors: what they ask for holds
    it."""
    return _states.get(key, lambda: plain_state(network))


def chosen_network(choice: ModelChoice, notices: DeltaGenerator) -> ChosenNetwork:
    """Draw what chooses member and moment, where there is something to choose.

    Raises ValueError where the model's file can't be used.
    """
    whole, stamp = load_stamped(choice)
    count = nn.member_count(whole)
    member = _member(whole, count, notices) if count > 1 else 0
    name = choice.title.split(" · ")[0]
    if count > 1:
        name += f", network {member + 1} of {count}"
    averaged = bool(whole.averaging)
    moment = _moment(choice, member, notices)
    if moment is None:
        key = _key(choice, stamp, member)
        key, network = _kept(choice, member) or (
            key,
            _networks.get(key, lambda: nn.member(whole, member)),
        )
        shown = (choice.path, member, key, network) if _trains(choice) else None
        st.session_state[_SHOWN] = shown
        return ChosenNetwork(choice, member, None, network, name, key, averaged)
    st.session_state[_SHOWN] = None
    then, step, words = moment
    # Its step alone is not enough: a run may be deleted, and another one have its name.
    key = f"{choice.path}:{then.begun}:{member}@{step}"
    # Its temperature was measured at the end only: at that moment it was an uncalibrated network.
    network = _networks.get(key, lambda: _network_at(then, step, whole.metadata))
    return ChosenNetwork(choice, member, step, network, f"{name}, {words}", key, averaged)


def is_newest(chosen: ChosenNetwork) -> bool:
    """Whether it is the network as the model's file has it now, or that is gone."""
    try:
        stamp = file_stamp(chosen.choice.path)
    except OSError:
        return True
    return chosen.key == _key(chosen.choice, stamp, chosen.member)


def _key(choice: ModelChoice, stamp: Stamp, member: int) -> str:
    return f"{choice.path}:{stamp}:{member}"


def _kept(choice: ModelChoice, member: int) -> tuple[str, nn.Network] | None:
    """Key and weights that a slow view keeps to while their training goes on; None where the page
    takes the newest."""
    shown = st.session_state.get(_SHOWN)
    is_kept = _trains(choice) and slow_view.is_slow() and not address.has_arrived()
    if shown is None or not is_kept or shown[:2] != (choice.path, member):
        return None
    return shown[2], shown[3]


def _trains(choice: ModelChoice) -> bool:
    return choice.run is not None and choice.run.is_active


def _network_at(then: Kept, step: int, metadata: dict[str, str]) -> nn.Network:
    network = then.history.network_at(then.record(step))
    network.metadata = metadata  # what its classes are called
    return network


def _member(whole: nn.Network, count: int, notices: DeltaGenerator) -> int:
    st.session_state[_MEMBER_BOX] = parameters.whole("member", count, notices) or 0

    def choose() -> None:
        parameters.choose_network(member=st.session_state[_MEMBER_BOX])

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


def _moment(
    choice: ModelChoice, member: int, notices: DeltaGenerator
) -> tuple[Kept, int, str] | None:
    """What was kept, the chosen step and its words; None for the network as its file has it."""
    if choice.run is None:
        return None
    found = kept(choice.run.folder, choice.dataset, member, "whole")
    if found is None:
        if not choice.run.is_active:
            st.caption(
                "No moments were kept of this training, as of those of earlier versions: here is "
                "the network that came of it."
            )
        return None
    steps, names = found.steps, found.names
    index = chosen_moment(
        "Moment of the training",
        steps,
        [*names, _NEWEST if choice.run.is_active else _END],
        parameter="at",
        key="inside_moment",
        help="The network as it was then. Its weights were kept while it trained.",
        notices=notices,
    )
    return (found, steps[index], names[index]) if index < len(steps) else None
