"""What augmentation does to images of a dataset: a preview that follows the settings."""

import streamlit as st

import data
import nn
from ui.train import dataset_cache
from ui.train.augmentation_formulas import augmentation_formulas
from ui.train.distorted_images import beside_copies, sample_images, show_beside_copies

_SEED = "augmentation_preview_seed"
_WAITING_SECONDS = 0.5


def preview(dataset: str, augmentation: nn.Augmentation, here: bool) -> None:
    """Some images of a dataset beside distorted copies, which change with the settings only.

    Args:
        dataset: its name.
        augmentation: what is done to the images.
        here: whether the dataset is on this computer.
    """
    if not here:
        st.caption("A preview appears here once the dataset is on this computer.")
        return
    ready = _is_ready(dataset)
    st.fragment(_draw, run_every=None if ready else _WAITING_SECONDS)(dataset, augmentation, ready)


def _is_ready(dataset: str) -> bool:
    """Whether the images can be read at once, or nobody is making them ready."""
    return data.is_cached(dataset) or not dataset_cache.fill(dataset).is_alive()


def _draw(dataset: str, augmentation: nn.Augmentation, ready: bool) -> None:
    if not ready:
        if _is_ready(dataset):
            st.rerun()
        st.caption("The preview appears in a moment: the images are being unpacked.")
        return
    seed = st.session_state.get(_SEED, 0)
    try:
        images, labels = sample_images(dataset, seed)
    except data.DatasetNotFound:
        st.caption("There is no preview: the images can't be read.")
        return
    names = [data.DATASETS[dataset].labels[label] for label in labels]
    st.caption(
        "Left the original, then what the network may see."
        if augmentation.is_active
        else "Left the original. No distortion yet: move a slider."
    )
    done = "distorted" if augmentation.is_active else "not distorted yet"
    show_beside_copies(beside_copies(images, labels, augmentation, seed), names, done)
    with st.container(horizontal=True):
        st.button(
            "Shuffle",
            icon=":material/shuffle:",
            help="Show other images, and distort them differently.",
            on_click=_shuffle,
        )
        # Without a help text: it would lie over what the popover says.
        how = st.popover(
            "How it works",
            icon=":material/function:",
            on_change="rerun",
            key="augmentation_how",
        )
    if how.open:
        with how:
            augmentation_formulas(images, labels, names, augmentation, dataset)


def _shuffle() -> None:
    st.session_state[_SEED] = st.session_state.get(_SEED, 0) + 1
