"""A drawing as text in an address, so that a link shows it to others too."""

import base64
import zlib

import numpy as np

_PIXELS = 784


def to_text(image: np.ndarray) -> str:
    """An image (28, 28) uint8 as some 300 letters, digits, "-" and "_"."""
    return base64.urlsafe_b64encode(zlib.compress(image.tobytes(), 9)).decode().rstrip("=")


def from_text(text: str) -> np.ndarray:
    """The image again; ValueError for what is none."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        # No more than that many bytes, whatever a hostile text would unfold to.
        pixels = zlib.decompressobj().decompress(content, _PIXELS + 1)
    except (ValueError, zlib.error) as error:
        raise ValueError(f"drawing must be an image as text, got {text[:20]!r}...") from error
    if len(pixels) != _PIXELS:
        raise ValueError(f"drawing must hold {_PIXELS} pixels, got {len(pixels)}")
    return np.frombuffer(pixels, np.uint8).reshape(28, 28)
