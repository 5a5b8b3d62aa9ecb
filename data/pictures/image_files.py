"""Pictures from files: photos and screenshots that visitors upload."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from data.pictures.grey import DEEP_MODES, GreyScale
from data.pictures.pieces import Pieces, check_tags

MAX_BYTES = 20_000_000
# Of a photo as phones make them: JPEG can be decoded at a fraction of its size.
MAX_PIXELS = 50_000_000
# Of a progressive JPEG, whose decoder keeps all coefficients: up to 6 bytes for a pixel.
MAX_PROGRESSIVE_PIXELS = 25_000_000
# Of HEIC, what iPhones make (24 million as they are set): 7 bytes for a pixel.
MAX_HEIC_PIXELS = 25_000_000
# Of what else can only be decoded whole. WebP takes most, 16 bytes for a pixel.
MAX_WHOLE_PIXELS = 13_000_000
# On the longer side: no camera makes more, and the time for a row does not depend on its length.
MAX_LENGTH = 30_000
# More than this on the shorter side shows nothing that would be seen in 28x28 pixels.
ENOUGH = 1000
# Longer pictures are shrunk before they become RGBA.
MAX_SIDE = 2000
# Not everything that Pillow knows: for some formats it starts other programs.
_PILLOWS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
FORMATS = (*_PILLOWS, "HEIF")
_STRIP_ROWS = 256  # of the unshrunk picture
_ORIENTATION = 0x0112  # the EXIF tag
# One picture at a time, so that ten visitors at once don't take ten times the memory. One thread
# and not a lock: of what has been freed, the allocator keeps some 50 MB for each thread.
_decoder = ThreadPoolExecutor(1, "decoder")


def read_image(source: bytes | str | Path) -> np.ndarray:
    """Reads a picture in one of `FORMATS`, upright as its camera noted it.

    Args:
        source: the file's content, or its path.

    Returns:
        (H, W, 4) uint8, RGBA. A JPEG whose shorter side has twice `ENOUGH` pixels or more comes at
        a half, a quarter or an eighth of its size; whatever is longer than `MAX_SIDE` then, at
        a whole fraction of it.

    Raises:
        ValueError: if it is no picture, a damaged one, longer than `MAX_LENGTH` or larger than
            `MAX_BYTES` or the limit for its kind among the four above (a small file can unpack
            to a picture that fills the memory).
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
    return _decoder.submit(_unpack, content, name).result()


def _unpack(content: bytes, name: str) -> np.ndarray:
    """`read_image` for a file's content; `name` is for messages."""
    try:
        # Pillow only warns about sizes that MAX_PIXELS is there to refuse.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            check_tags(content)
            picture = Image.open(Pieces(content), formats=_formats(content))
            check_tags(picture.info.get("exif") or b"")
        width, height = picture.size
        limit = _prepare(picture)
        if width * height <= limit and max(width, height) <= MAX_LENGTH:
            return np.asarray(_decode(picture))
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
    if width * height <= limit:
        raise ValueError(
            f"{name} has {width} x {height} pixels; the longer side may have {MAX_LENGTH:,}"
        )
    raise ValueError(
        f"{name} has {width} x {height} pixels; at most {limit / 1e6:.0f} million are read "
        f"of such a picture"
    )


def _formats(content: bytes) -> tuple[str, ...]:
    """The formats that a file may be in, as it begins.

    Pillow is told of HEIC only where it may be one: the decoder is large, and most never need it.
    """
    if content[4:8] != b"ftyp":
        return _PILLOWS
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return ("HEIF",)


def _prepare(picture: Image.Image) -> int:
    """Asks for a picture no larger than needed, which only JPEG heeds; returns the limit.

    That is the largest number of pixels with which decoding it takes little memory.
    """
    picture.draft("RGB", (ENOUGH, ENOUGH))
    width, height = picture.size
    if picture.format == "HEIF":
        return MAX_HEIC_PIXELS
    if width * height > MAX_WHOLE_PIXELS:
        return MAX_WHOLE_PIXELS
    return MAX_PROGRESSIVE_PIXELS if "progressive" in picture.info else MAX_PIXELS


def _decode(picture: Image.Image) -> Image.Image:
    """The picture as RGBA, upright, at most `MAX_SIDE` long.

    Shrunk strip by strip, because whole pictures take 4 bytes for a pixel at each step.
    """
    picture.load()
    width, height = picture.size
    factor = -(-max(width, height) // MAX_SIDE)
    small = Image.new("RGBA", (-(-width // factor), -(-height // factor)))
    rows = max(1, _STRIP_ROWS // factor)
    grey = GreyScale(picture, _STRIP_ROWS) if picture.mode in DEEP_MODES else None
    for row in range(0, small.height, rows):
        box = (0, row * factor, width, min(height, (row + rows) * factor))
        strip = picture.crop(box)
        strip = grey.shown(strip) if grey else strip
        small.paste(strip.convert("RGBA").reduce(factor), (0, row))
    small.getexif()[_ORIENTATION] = picture.getexif().get(_ORIENTATION, 1)
    return ImageOps.exif_transpose(small)


def _too_long(name: str, size: int) -> ValueError:
    return ValueError(f"{name} has {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read")
