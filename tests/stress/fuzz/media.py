"""Models, pictures and the files of datasets."""

import gzip
import io
import json
import struct
from contextlib import suppress
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image
from pillow_heif import register_heif_opener

import data
import nn
from data.datasets.idx import parse_idx, read_unpacked
from data.pictures.image_files import FORMATS
from nn.architectures import convolution_layers, mlp_layers
from nn.files import load_outline
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import as_json, changed_bytes, changed_value


def models(folder: Path) -> Trial:
    """Networks: the header and the bytes of their files."""
    single = nn.Network.mlp([784, 6, 3], "relu", dropout=0.2, batch_norm=True, metadata={"a": "b"})
    convolutional = nn.Network(
        [*convolution_layers(784, (2,)), *mlp_layers([2 * 12 * 12, 5, 3])], initializer="he_normal"
    )
    files = []
    for number, network in enumerate((single, convolutional, nn.join([single, single.copy()]))):
        nn.save(network, folder / str(number))
        files.append((folder / str(number)).read_bytes())
    images = np.random.default_rng(0).integers(0, 256, (2, 28, 28), dtype=np.uint8)

    def trial(rng: Random) -> None:
        content = rng.choice(files)
        what = rng.random()
        if what < 0.3:
            content = changed_bytes(rng, content)
        else:
            content = _changed_header(rng, content, layers=what < 0.7)
        path = folder / "tried"
        path.write_bytes(content)
        try:
            nn.architecture(load_outline(path))
        finally:
            network = nn.load(path)
        network.predict_proba(images)

    return trial


def _changed_header(rng: Random, content: bytes, *, layers: bool) -> bytes:
    """Another JSON before the tensors, or other layers in it."""
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    if layers:
        specs = changed_value(rng, json.loads(header["__metadata__"]["layers"]))
        header["__metadata__"]["layers"] = as_json(specs)
    else:
        header = changed_value(rng, header)
    text = as_json(header).encode()
    return struct.pack("<Q", len(text)) + text + content[8 + length :]


def images(folder: Path) -> Trial:
    """Pictures in all formats that are read."""
    register_heif_opener()
    rng = np.random.default_rng(0)
    files = []
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
        noise = Image.fromarray(rng.integers(0, 256, (30, 40, 4), dtype=np.uint8), "RGBA")
        for kind in FORMATS:
            with_mode, file = noise.convert(mode), io.BytesIO()
            try:
                with_mode.save(file, kind, exif=_orientation())
            except (OSError, KeyError, ValueError):  # there is no such pixel in this format
                continue
            files.append(file.getvalue())

    def trial(rng: Random) -> None:
        picture = data.read_image(changed_bytes(rng, rng.choice(files), most=4))
        if rng.random() < 0.1:
            with suppress(data.NoDigit):
                data.find_digits(picture, several=rng.random() < 0.5)

    return trial


def _orientation() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def idx_files(folder: Path) -> Trial:
    """IDX files, gzipped or not."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (3, 28, 28), dtype=np.uint8).tobytes()
    plain = [
        struct.pack(">4B3I", 0, 0, 8, 3, 3, 28, 28) + pixels,
        struct.pack(">4BI", 0, 0, 8, 1, 10) + bytes(range(10)),
    ]
    most = 1_000_000

    def trial(rng: Random) -> None:
        content = rng.choice(plain)
        if rng.random() < 0.5:
            content = changed_bytes(rng, content)
        if rng.random() < 0.01:
            content += bytes(rng.randrange(20_000_000))
        if rng.random() < 0.5:
            content = gzip.compress(content, 1)
        if rng.random() < 0.5:
            content = changed_bytes(rng, content)
        path = folder / "tried"
        path.write_bytes(content)
        parse_idx(read_unpacked(path, most))

    return trial
