"""A picture's numbers once more, as a few lines of NumPy to copy, and the files that these need.

The network comes as the NumPy file of `nn.export`, which the lines import as `model`; images come
as `images.npz`, with `images` (n, 28, 28) uint8, `labels` (n,) and `numbers` (n,), their places
among the test images.
"""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import streamlit as st

import nn
from nn.averaging import ALONE
from nn.export import FORMATS, About, export
from nn.export.steps import Step, steps_of
from ui.inside.chosen_image import ChosenImage
from ui.inside.view import Scene

IMPORTS = "import numpy as np\n\nimport model  # the network, from the button below\n"
ONE_IMAGE = """with np.load("images.npz") as files:
    image = files["images"].reshape(1, -1) / 255
"""


def show_code(
    code: str,
    scene: Scene,
    files: Mapping[str, tuple[str, Callable[[], bytes]]] = MappingProxyType({}),
) -> None:
    """Draw the lines to copy and what downloads their files.

    Args:
        code: begins with IMPORTS.
        scene: of the page.
        files: that they read beside the model: by their names what is in them, in words, and what
            makes their content once somebody wants it.
    """
    with st.expander("As NumPy, to try it yourself", icon=":material/code:"):
        st.code(code, language="python")
        with st.container(horizontal=True):
            st.download_button(
                "model.py",
                lambda: model_file(scene.chosen.network, scene.chosen.name),
                file_name="model.py",
                mime=FORMATS["numpy"].mime,
                on_click="ignore",
                icon=":material/download:",
                help="This network with its weights as one file that needs NumPy alone.",
            )
            for name, (words, make) in files.items():
                st.download_button(
                    name,
                    make,
                    file_name=name,
                    mime="application/octet-stream",
                    on_click="ignore",
                    icon=":material/download:",
                    help=words,
                )


def model_file(network: nn.Network, name: str) -> bytes:
    """The network as the module `model`; it answers from the image alone."""
    return export(network, "numpy", About(name=name), averaging=ALONE).content


def images_file(images: np.ndarray, labels: np.ndarray, numbers: np.ndarray) -> bytes:
    """The content of images.npz."""
    content = io.BytesIO()
    np.savez_compressed(content, images=images, labels=labels, numbers=numbers)
    return content.getvalue()


def show_code_of_image(code: str, scene: Scene) -> None:
    """Draw the lines to copy, which read the page's image alone beside the model."""
    files = {"images.npz": ("The page's image.", lambda: image_file(scene.image))}
    show_code(code, scene, files)


def image_file(image: ChosenImage) -> bytes:
    """The content of images.npz with one image; -1 for a label or a number that it hasn't."""
    label, number = (-1 if value is None else value for value in (image.label, image.number))
    return images_file(image.pixels[None], np.array([label]), np.array([number]))


def tensors_file(tensors: Mapping[str, np.ndarray]) -> bytes:
    """The content of an .npz file with these tensors, not compressed: weights hardly can be."""
    content = io.BytesIO()
    np.savez(content, **dict[str, Any](tensors))
    return content.getvalue()


def steps_to(network: nn.Network, place: int) -> tuple[list[Step], bool]:
    """The steps of `model.LAYERS` up to the layer at a place, among which is no dropout, and
    whether what comes out there is an image, the channels first."""
    steps = [step for step in steps_of(network.layers[: place + 1]) if step.kind != "Dropout"]
    is_image = bool(steps) and steps[-1].kind == "Row"  # the file leaves it one
    return (steps[:-1] if is_image else steps), is_image


def outputs_code(network: nn.Network, place: int) -> str:
    """An expression for what comes out of the layer at a place (n, width), of rows `x` (n, pixels)
    from 0 to 1."""
    steps, is_image = steps_to(network, place)
    code = f"model.run((x - model.MEAN) / model.STD, model.LAYERS[:{len(steps)}])"
    return f"{code}.transpose(0, 2, 3, 1).reshape(len(x), -1)" if is_image else code
