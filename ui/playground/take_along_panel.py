"""What can be taken along: the address, the code, weights and points; and opening them again."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from data.plane.points import Points
from ui.playground import parameters
from ui.playground.page_due import due_after
from ui.playground.player import Player, session_player
from ui.playground.set_titles import set_title
from ui.playground.setup import OWN, Setup
from ui.playground.take_along.numpy_code import numpy_code
from ui.playground.take_along.saved_json import SavedNetwork, read_json, saved_json
from ui.playground.take_along.torch_code import torch_code
from ui.playground.training_points import points_of
from ui.shared.tally import Trouble, note
from ui.shared.upload_content import drop_content
from ui.shared.url_text import plain

_FILE, _SAID = "playground_saved_file", "playground_saved_said"
_NETWORKS = "playground_saved_networks"
"""Of a file that was opened just now, for the trainings that the page is about to begin."""


def take_up_opened(player: Player) -> None:
    """Begin with the weights of a file that was opened just now; call it once the player is set
    up."""
    networks: list[SavedNetwork] | None = st.session_state.pop(_NETWORKS, None)
    if networks is not None and [len(one.weights) for one in networks] == [
        training.network.num_parameters for training in player.trainings
    ]:
        player.take_weights(
            [one.weights for one in networks],
            [one.locked for one in networks],
            [one.off for one in networks],
        )


def draw_take_along(setup: Setup) -> None:
    """Draw it, in the current container."""
    if "take_along" in setup.hide:
        return
    # Streamlit makes a download's content outside the session, where there is no player.
    player = session_player()
    with st.expander("Take it along", icon=":material/download:", key="playground_take_along"):
        st.markdown("**The address** holds the whole set-up: whoever opens it finds the same.")
        st.code(_address(), language=None, wrap_lines=True)
        st.markdown(
            "**The code** trains the same network with the same numbers: the same weights to begin "
            "with, the same points in the same order, as many epochs as here so far. What "
            "was changed by hand on the way is not in it."
        )
        with st.container(horizontal=True):
            _download(
                "NumPy code",
                lambda: _code(setup, player, numpy_code),
                "playground_numpy.py",
                "text/x-python",
                "A program of its own that needs NumPy alone.",
            )
            _download(
                "PyTorch code",
                lambda: _code(setup, player, torch_code),
                "playground_torch.py",
                "text/x-python",
                "The same with PyTorch, in double precision.",
            )
            _download(
                "Weights and points",
                lambda: _saved(setup, player),
                "playground.json",
                "application/json",
                "Set-up, weights of this moment and points, as JSON.",
            )
        st.file_uploader(
            "Open weights and points again",
            type="json",
            max_upload_size=2,
            key=_FILE,
            on_change=due_after(_open_file),
            help="A file that was saved here.",
        )
        if said := st.session_state.get(_SAID):
            fine, words = said
            if fine:
                st.success(words, icon=":material/folder_open:")
            else:
                st.error(plain(words), icon=":material/broken_image:")


def _address() -> str:
    """The address of the page as it is shown."""
    url, texts = (st.context.url or "").split("?")[0], parameters.texts_now()
    return f"{url}?{urlencode(texts, safe=',')}" if texts else url


def _download(label: str, content: Callable[[], str], name: str, kind: str, help_text: str) -> None:
    st.download_button(
        label, content, name, kind, on_click="ignore", icon=":material/download:", help=help_text
    )


def _code(setup: Setup, player: Player, make: Callable[..., str]) -> str:
    training = player.trainings[setup.chosen]
    train, test = points_of(setup)
    return make(
        training.config,
        train,
        test,
        training.start,
        epochs=max(1, round(training.epoch)),
        title=_title(setup, train),
    )


def _title(setup: Setup, train: Points) -> str:
    what = "points of my own" if setup.data == OWN else set_title(setup.data).lower()
    return f"{what}, {len(train)} points to learn from"


def _saved(setup: Setup, player: Player) -> str:
    return saved_json(
        setup,
        [
            SavedNetwork(one.network.parameters, one.locked, one.off, one.epoch)
            for one in player.trainings
        ],
    )


def _open_file() -> None:
    st.session_state.pop(_SAID, None)
    upload: Any = st.session_state.get(_FILE)
    if upload is None:
        return
    content = upload.getvalue()
    drop_content(upload)
    try:
        saved = read_json(content)
    except ValueError as error:
        note(Trouble.UPLOAD, "a saved playground that cannot be read")
        st.session_state[_SAID] = (False, str(error))
        return
    st.session_state[_SAID] = (True, "Opened. Epochs count from 0 again, with these weights.")
    st.session_state[_NETWORKS] = saved.networks
    parameters.open_setup(saved.setup)
