"""A dataset on the page: what it is, whether it is here, and its download."""

import streamlit as st

import data
from ui.train import dataset_cache
from ui.train.downloads import downloads

_WANTED = "dataset_wanted"


def choose_wanted() -> None:
    """Choose the dataset that was asked for by a button of this module, as soon as it is here.

    A widget's value can only be set before the widget is drawn: call it at the top of the page.
    """
    wanted = st.session_state.get(_WANTED)
    if wanted is not None and data.is_available(wanted):
        st.session_state["dataset"] = st.session_state.pop(_WANTED)


def dataset_note(name: str) -> bool:
    """Say what the chosen dataset is and whether it is here; returns that.

    Where the chosen one or, at the built-in digits, MNIST is missing, offers its download.
    """
    info = data.DATASETS[name]
    st.caption(
        f"{info.train_size:,} images to learn from, {info.test_size:,} to test on, "
        f"{info.num_classes} classes. Licence: {info.licence}."
    )
    if not data.is_available(name):
        _offer(name, "is not on this computer yet.", instead=True)
        return False
    dataset_cache.fill(name)
    if info.embedded and not data.is_available("mnist"):
        _offer(
            "mnist", "is not on this computer yet. Meanwhile, train on these small digits.", False
        )
    return True


def _offer(name: str, why: str, instead: bool) -> None:
    active = downloads().is_active(name)
    st.fragment(_draw_offer, run_every=0.5 if active else None)(name, why, instead, active)


def _draw_offer(name: str, why: str, instead: bool, active: bool) -> None:
    """Offer the download of a dataset and, with `instead`, the built-in digits in its place."""
    info = data.DATASETS[name]
    if downloads().is_active(name) != active:
        st.rerun()
    state = downloads().state(name)
    if state is not None and state.error is not None:
        st.error(state.error, icon=":material/cloud_off:")
    else:
        st.info(f"**{info.title}** {why}", icon=":material/cloud_download:")
    if active and state is not None:
        st.progress(state.share or 0.0, text=f"Downloading {info.title}: {state.text}")
    with st.container(horizontal=True):
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
