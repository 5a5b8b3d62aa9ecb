"""A program and its weights in one file."""

import io
import zipfile
from collections.abc import Mapping

from nn.export.weights import Array, npz


def archive(program: str, tensors: Mapping[str, Array]) -> bytes:
    """A zip archive with the program as model.py, and its weights as weights.npz."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("model.py", program, zipfile.ZIP_DEFLATED)
        # Weights are as good as random: packing them would take seconds and save little.
        zipped.writestr("weights.npz", npz(tensors), zipfile.ZIP_STORED)
    return file.getvalue()
