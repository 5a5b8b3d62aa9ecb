"""Pictures as PNG, and PNG as an address within a page."""

import base64
import io

from PIL import Image


def png(picture: Image.Image, compress_level: int = 6) -> bytes:
    """The picture as the content of a PNG file; `compress_level` from 0 to 9, higher is slower."""
    content = io.BytesIO()
    picture.save(content, format="png", compress_level=compress_level)
    return content.getvalue()


def png_url(content: bytes) -> str:
    """An address that holds a PNG itself: to fetch it would take a browser longer."""
    return "data:image/png;base64," + base64.b64encode(content).decode()
