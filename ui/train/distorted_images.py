"""Images of a dataset beside distorted copies of them."""

from html import escape

import numpy as np
import streamlit as st

import data
import nn
from ui.figures.distortions import distortions_png
from ui.figures.png import png_url
from ui.settings.augmentation import are_digits

COPIES = 5
SHOWN_DIGITS = (0, 1, 7, 9)
"""The classes that are shown; of digits those that have several ways of writing."""

_STYLE = """<style>
.distorted { margin: 0; max-width: 30rem; }
.distorted img { display: block; width: 100%; height: auto; }
</style>"""


def sample_images(dataset: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """An image of each of some classes that there are: (k, 28, 28) uint8, and their labels (k,).

    Raises:
        data.DatasetNotFound: the images are not on this computer.
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


def show_beside_copies(rows: np.ndarray, names: list[str], done: str) -> None:
    """Show what `beside_copies` made of images of classes with these `names`; `done` says in words
    what was done to the copies."""
    shown = escape(", ".join(names))
    alt = f"Images of {shown}, each beside {COPIES} copies {done}."
    address = png_url(distortions_png(rows))
    st.html(f'{_STYLE}<div class="distorted"><img src="{address}" alt="{alt}"></div>')
