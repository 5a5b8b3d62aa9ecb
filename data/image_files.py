"""Pictures from files: photos and screenshots that visitors upload."""

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
# More than this on the shorter side shows nothing that would be seen in 28x28 pixels.
ENOUGH = 1000
# Not everything that Pillow knows: for some formats it starts other programs.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")


def read_image(source: bytes | str | Path) -> np.ndarray:
    """Reads a picture in one of `FORMATS`, upright as its camera noted it.

    Args:
        source: the file's content, or its path.

    Returns:
        (H, W, 4) uint8, RGBA. A JPEG whose shorter side has twice `ENOUGH` pixels or more comes at
        a half, a quarter or an eighth of its size.

    Raises:
        ValueError: if it is no picture, a damaged one, or larger than `MAX_BYTES` or
            `MAX_PIXELS` (a small file can unpack to a picture that fills the memory).
        OSError: if the path cannot be read.
    """
    if isinstance(source, bytes):
        content, name = source, "the file"
    else:
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise _too_long(str(path), path.stat().st_size)
        content, name = path.read_bytes(), str(path)
    if len(content) > MAX_BYTES:
        raise _too_long(name, len(content))
    try:
        # Pillow only warns about sizes that MAX_PIXELS is there to refuse.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
        width, height = picture.size
        if width * height <= MAX_PIXELS:
            # A phone's photo would take 50 to 200 MB; JPEG can be decoded smaller at once.
            picture.draft("RGB", (ENOUGH, ENOUGH))
            return np.asarray(ImageOps.exif_transpose(picture).convert("RGBA"))
    except UnidentifiedImageError:
        raise ValueError(
            f"{name} is not a picture that can be read ({', '.join(FORMATS)})"
        ) from None
    except Image.DecompressionBombError:
        raise ValueError(
            f"{name} has too many pixels; at most {MAX_PIXELS / 1e6:.0f} million are read"
        ) from None
    except Exception as error:  # Pillow's decoders raise many types for damaged data
        raise ValueError(f"{name} is a damaged picture: {error}") from error
    raise ValueError(
        f"{name} has {width} x {height} pixels; at most {MAX_PIXELS / 1e6:.0f} million are read"
    )


def _too_long(name: str, size: int) -> ValueError:
    return ValueError(f"{name} has {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read")
