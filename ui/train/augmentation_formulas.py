"""How each kind of augmentation works: its formula, and what it does alone."""

from typing import Any

import numpy as np
import streamlit as st

import nn
from nn.augment.augmentation import GROUP
from ui.settings.augmentation import AUGMENTATION, are_digits
from ui.train.distorted_images import beside_copies, show_beside_copies

# Field -> (formula, what stands in it, the amount to show while the setting is 0).
_KINDS: dict[str, tuple[str, str, float]] = {
    "rotation": (
        r"A = \begin{pmatrix}\cos θ & -\sin θ\\ \sin θ & \cos θ\end{pmatrix}",
        "θ is at most {amount:g}° to either side.",
        15,
    ),
    "scaling": (
        r"A = \begin{pmatrix}1 + a & 0\\ 0 & 1 + b\end{pmatrix}^{-1}",
        "a and b are from −{percents:.0f} % to {percents:.0f} %.",
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
        "most 1, which is full ink. {percents:.0f} % of these digits get one (here all do), and "
        "are then moved and made smaller, so that they take no more room than before.",
        1,
    ),
}


def augmentation_formulas(
    images: np.ndarray,
    labels: np.ndarray,
    names: list[str],
    augmentation: nn.Augmentation,
    dataset: str,
) -> None:
    """Show each kind of distortion on its own: formula and pictures.

    Args:
        images, labels: (k, 28, 28) uint8 and (k,), whose first one is distorted, and `names` of
            their classes.
        augmentation: the settings; where one is 0, an example is shown.
        dataset: name of the images' dataset.
    """
    st.markdown(
        "Each pixel **p** of a new image takes the value that the image *x* has at the position "
        "**s**(**p**), between four pixels there. To turn, scale or shear it, a matrix A works "
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
        asked = amount or example
        st.caption(about.format(amount=asked, percents=100 * asked, sigma=sigma))
        # A mark on each copy: of a small share there may be none among them.
        shown = example if field == "writing_styles" else amount or example
        alone: dict[str, Any] = {field: shown, "elastic_sigma": sigma}
        row = beside_copies(images[:1], labels[:1], nn.Augmentation(**alone), seed=0)
        show_beside_copies(
            row, names[:1], f"distorted by {AUGMENTATION[field].label.lower()} alone"
        )
