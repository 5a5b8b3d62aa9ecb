"""A dataset on the page: what it is, whether it is here, and its download."""

import streamlit as st

import data
from ui.shared.error_text import error_text, without_paths
from ui.train import dataset_cache
from ui.train.downloads import Download, downloads

MNIST = "mnist"
"""Comes by itself where it is missing."""

_WANTED = "dataset_wanted"
_CHOSEN = "dataset_chosen"
_AWAITED = "mnist_awaited"
_OFFERED = "mnist_offered"


def fetch_mnist() -> None:
    """Begin to download MNIST, in the background and once for all visitors, if it is not here."""
    if not data.is_available(MNIST):
        downloads().start_by_itself(MNIST)


def note_choice() -> None:
    """Note that a visitor or a link has chosen a dataset. It stands in the URL then; the default
    leaves it at once, so call it before the settings look at the URL."""
    if "dataset" in st.query_params:
        st.session_state[_CHOSEN] = True


def choose_arrived() -> None:
    """Choose a dataset that has just arrived: the one that the visitor asked for, or MNIST in the
    place of the built-in digits, which were only there until it comes.

    To a visitor who chose another dataset MNIST is offered by `dataset_note` instead. A widget's
    value can only be set before the widget is drawn: call it at the top of the page.
    """
    wanted = st.session_state.get(_WANTED)
    if wanted is not None and data.is_available(wanted):
        st.session_state["dataset"] = st.session_state.pop(_WANTED)
    if st.session_state.get(_AWAITED) and data.is_available(MNIST):
        del st.session_state[_AWAITED]
        chosen = st.session_state.get("dataset")
        if _CHOSEN in st.session_state and chosen != MNIST:
            st.session_state[_OFFERED] = True
            st.session_state["dataset"] = chosen  # in the URL too: the default is another one now
            return
        st.session_state["dataset"] = MNIST
        st.toast(
            "**MNIST** is here now and chosen for the next training. All other settings are as "
            "they were.",
            icon=":material/download_done:",
            duration="long",
        )


def dataset_note(name: str) -> bool:
    """Say what the chosen dataset is and whether it is here; returns that.

    Where the chosen one or, at the built-in digits, MNIST is missing, offers its download.
    """
    info = data.DATASETS[name]
    st.caption(
        f"{info.train_size:,} images to learn from, {info.test_size:,} to test on, "
        f"{info.num_classes} classes. Licence: {info.licence}."
    )
    mnist_is_here = data.is_available(MNIST)
    if not mnist_is_here:
        st.session_state[_AWAITED] = True
    if not data.is_available(name):
        _offer(name, instead=True)
        return False
    dataset_cache.fill(name)
    if info.embedded and not mnist_is_here:
        _offer(MNIST, instead=False)
    elif name == MNIST:
        st.session_state.pop(_OFFERED, None)
    elif st.session_state.get(_OFFERED):
        _offer_mnist_that_is_here()
    return True


def _offer_mnist_that_is_here() -> None:
    st.success("**MNIST** is here now.", icon=":material/download_done:")
    if st.button("Use MNIST", help="For the next training. All other settings stay as they are."):
        st.session_state[_WANTED] = MNIST
        st.rerun()


def _offer(name: str, instead: bool) -> None:
    active = downloads().is_active(name)
    st.fragment(_draw_offer, run_every=0.5 if active else None)(name, instead, active)


def _draw_offer(name: str, instead: bool, active: bool) -> None:
    """Offer the download of a dataset and, with `instead`, the built-in digits in its place."""
    info = data.DATASETS[name]
    if downloads().is_active(name) != active:
        st.rerun()
    state = downloads().state(name)
    _say(info, state, active, instead)
    with st.container(horizontal=True):
        if active and st.button(
            "Cancel",
            icon=":material/close:",
            help="Stop the download, for everybody who waits for it.",
        ):
            st.session_state.pop(_WANTED, None)
            downloads().cancel(name)
            st.rerun()
        if not active and st.button(
            f"Download {info.title} ({info.megabytes} MB)",
            icon=":material/download:",
            help=f"From where its makers published it. Source: {info.source}",
        ):
            st.session_state[_WANTED] = name
            downloads().start(name)
            st.rerun()
        if instead and st.button(
            "Use the built-in digits", help="Small digits that need no download."
        ):
            st.session_state[_WANTED] = "digits"
            st.rerun()


def _say(info: data.DatasetInfo, state: Download | None, active: bool, instead: bool) -> None:
    """What has become of the download so far."""
    meanwhile = "" if instead else " Meanwhile, train on these small digits."
    error = None if state is None else state.error
    if error is not None and state is not None and state.asked:
        st.error(error_text(error), icon=":material/cloud_off:")
        if state.cause:
            with st.expander("What exactly went wrong"):
                st.code(without_paths(state.cause), language=None, wrap_lines=True)
        return
    here = "is on its way" if active else "is not on this computer yet"
    st.info(f"**{info.title}** {here}.{meanwhile}", icon=":material/cloud_download:")
    if active and state is not None:
        st.progress(state.share, text=f"Downloading {info.title}: {state.text}")
    if error is not None:
        # Nobody has asked for it: no alarm.
        st.caption(f":material/cloud_off: {error_text(error)}")
