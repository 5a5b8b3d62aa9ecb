"""What a format is, and the list of them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from nn.export.json_file import json_file
from nn.export.keras_file import keras_file
from nn.export.numpy_file import numpy_file
from nn.export.onnx_file import onnx_file
from nn.export.plan import Plan
from nn.export.pytorch_file import pytorch_file


@dataclass(frozen=True)
class Format:
    """A kind of file for other programs.

    name, title: what the command line and what pages call it.
    ending: of the file's name.
    mime: its media type.
    about: in a few words, what is in the file.
    write: makes the content; ValueError for a layer that the format has no word for.
    averages: whether the file can take means over copies of an image by itself.
    package: what has to be installed here to write it, "" for nothing.
    """

    name: str
    title: str
    ending: str
    mime: str
    about: str
    write: Callable[[Plan], bytes]
    averages: bool = True
    package: str = ""

    def file_name(self, name: str, *, without_averages: bool = False) -> str:
        """What the file of a network of that name is called: files and Python's modules may be
        called so. One whose averages were left out doesn't take the place of the whole one."""
        words = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
        if not re.match("[A-Za-z]", words):
            words = f"network_{words}".rstrip("_")
        return words + ("_alone" if without_averages and self.averages else "") + self.ending

    @property
    def is_installed(self) -> bool:
        """Whether what it needs is."""
        return not self.package or find_spec(self.package) is not None

    @property
    def how_to_install(self) -> str:
        """What to do where it isn't."""
        return (
            f"{self.title} needs the package {self.package}: "
            f"pip install -r requirements-{self.package}.txt"
        )


FORMATS = {
    each.name: each
    for each in (
        Format(
            "onnx",
            "ONNX",
            ".onnx",
            "application/octet-stream",
            "For phones, browsers and servers, with ONNX Runtime and many others.",
            onnx_file,
            package="onnx",
        ),
        Format(
            "pytorch",
            "PyTorch",
            "-pytorch.zip",
            "application/zip",
            "A program with the network in PyTorch's terms, and its weights.",
            pytorch_file,
        ),
        Format(
            "keras",
            "Keras",
            "-keras.zip",
            "application/zip",
            "A program with the network in the terms of Keras 3, and its weights.",
            keras_file,
        ),
        Format(
            "numpy",
            "NumPy",
            ".py",
            "text/x-python",
            "One program that needs NumPy alone, to read and to run.",
            numpy_file,
        ),
        Format(
            "json",
            "JSON",
            ".json",
            "application/json",
            "Layers and weights as plain numbers, for any language.",
            json_file,
            averages=False,
        ),
    )
}
"""By name, in the order of the lists that people see."""
