"""What augmentation does to images of a dataset: a preview, and how each kind works."""

from html import escape
from typing import Any

import numpy as np
import streamlit as st

import data
import nn
from nn.augment.augmentation import GROUP
from ui.figures.distortions import distortions_png
from ui.figures.png import png_url
from ui.settings.augmentation import AUGMENTATION, are_digits
from ui.train import dataset_cache

COPIES = 5
SHOWN_DIGITS = (0, 1, 7, 9)
"""The classes that are shown; of digits those that have several ways of writing."""
_SEED = "augmentation_preview_seed"
_WAITING_SECONDS = 0.5

_STYLE = """<style>
.distorted { margin: 0; max-width: 30rem; }
.distorted img { display: block; width: 100%; height: auto; }
</style>"""

# Field -> (formula, what stands in it, the amount to show while the setting is 0).
_KINDS: dict[str, tuple[str, str, float]] = {
    "rotation": (
        r"A = \begin{pmatrix}\cos θ & -\sin θ\\ \sin θ & \cos θ\end{pmatrix}",
        "θ is at most {amount:g}° to either side.",
        15,
    ),
    "scaling": (
        r"A = \begin{pmatrix}1 + a & 0\\ 0 & 1 + b\end{pmatrix}^{-1}",
        "a and b are from −{amount:.0%} to {amount:.0%}.",
        0.25,
    ),
    "shear": (
        r"A = \begin{pmatrix}1 & \tan φ\\ 0 & 1\end{pmatrix}",
        "φ is at most {amount:g}° to either side.",
        20,
    ),
    "shift": (
        r"\pmb{s}(\pmb{p}) = \pmb{p} + \pmb{t}",
        "t is at most {amount:g} pixels, in x and in y.",
        3,
    ),
    "elastic": (
        r"\begin{gathered}\pmb{s}(\pmb{p}) = \pmb{p} + e\,(G N G^\top)_{\pmb{p}}\\"
        r"G_{ij} \propto e^{-(i-j)^2 / 2σ^2}\end{gathered}",
        "N is noise, once for x and once for y; G smooths it in waves of width σ = {sigma:g} "
        "pixels; e = {amount:g} pixels is how far they move a pixel, as a root mean square.",
        1.5,
    ),
    "thickness": (
        r"x'(\pmb{p}) = (1 - |c|)\,x(\pmb{p}) + |c| \max_{\pmb{q} \sim \pmb{p}} x(\pmb{q})",
        "q runs over the pixel and its four neighbours; c is from −{amount:g} to {amount:g}, and "
        "below 0 the maximum becomes a minimum: strokes get finer.",
        0.8,
    ),
    "writing_styles": (
        r"x'(\pmb{p}) = \max\left(x(\pmb{p}),\ \tfrac{w}{2} + \tfrac{1}{2} - "
        r"d(\pmb{p})\right)",
        "d is the distance from the new stroke, which gets the width w of the digit's own; at "
        "most 1, which is full ink. {amount:.0%} of these digits get one (here all do), and "
        "are then moved and made smaller, so that they take no more room than before.",
        1,
    ),
}


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
    _show(beside_copies(images, labels, augmentation, seed), names, done)
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
            _how_it_works(images, labels, names, augmentation, dataset)


def _shuffle() -> None:
    st.session_state[_SEED] = st.session_state.get(_SEED, 0) + 1


def _how_it_works(
    images: np.ndarray,
    labels: np.ndarray,
    names: list[str],
    augmentation: nn.Augmentation,
    dataset: str,
) -> None:
    """Each kind of distortion on its own: formula and pictures."""
    st.markdown(
        "Each pixel **p** of a new image takes the value that the image *x* has at the position "
        "**s**(**p**), between four pixels there. To turn, scale or slant it, a matrix A works "
        "around the middle **m**:"
    )
    st.latex(r"\pmb{s}(\pmb{p}) = \pmb{m} + A\,(\pmb{p} - \pmb{m})")
    st.markdown(
        "All numbers are drawn at random, anew in every epoch. To save time, up to "
        f"{GROUP} images share their **s** and their change of thickness."
    )
    for field, (formula, about, example) in _KINDS.items():
        if field == "writing_styles" and not are_digits(dataset):
            continue
        amount = getattr(augmentation, field)
        st.markdown(f"**{AUGMENTATION[field].label}**" + ("" if amount else " (off; an example)"))
        st.latex(formula)
        sigma = augmentation.elastic_sigma
        st.caption(about.format(amount=amount or example, sigma=sigma))
        # A mark on each copy: of a small share there may be none among them.
        shown = example if field == "writing_styles" else amount or example
        alone: dict[str, Any] = {field: shown, "elastic_sigma": sigma}
        row = beside_copies(images[:1], labels[:1], nn.Augmentation(**alone), seed=0)
        _show(row, names[:1], f"distorted by {AUGMENTATION[field].label.lower()} alone")


def sample_images(dataset: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """An image of each of some classes that there are: (k, 28, 28) uint8, and their labels (k,).

    Raises:
        data.DatasetNotFound: the images are not on this machine.
    """
    loaded = data.load(dataset)
    labels = loaded.train_labels
    rng = np.random.default_rng(seed)
    classes = SHOWN_DIGITS if are_digits(dataset) else range(len(SHOWN_DIGITS))
    present = [label for label in classes if np.any(labels == label)]
    chosen = [rng.choice(np.flatnonzero(labels == label)) for label in present]
    return loaded.train_images[chosen], labels[chosen]


def beside_copies(
    images: np.ndarray, labels: np.ndarray, augmentation: nn.Augmentation, seed: int
) -> np.ndarray:
    """Images (k, height, width), each followed by distorted copies: (k, 1 + COPIES, height, width).

    The same seed gives the same copies, and while a setting changes they change with it, smoothly.
    """
    copies = nn.augment(
        images.repeat(COPIES, axis=0),
        labels.repeat(COPIES),
        augmentation,
        np.random.default_rng(seed),
    )
    copies = copies.reshape(len(images), COPIES, *images.shape[1:])
    return np.concatenate((images[:, None], copies), axis=1)


def _show(rows: np.ndarray, names: list[str], done: str) -> None:
    shown = escape(", ".join(names))
    alt = f"Images of {shown}, each beside {COPIES} copies {done}."
    address = png_url(distortions_png(rows))
    st.html(f'{_STYLE}<div class="distorted"><img src="{address}" alt="{alt}"></div>')
