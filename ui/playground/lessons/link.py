"""A whole lesson in the address: as JSON, compressed, in the alphabet of base64 for addresses."""

import base64
import binascii
import json
import zlib
from functools import lru_cache

from ui.playground.lessons.lesson import Lesson

MARK = "~"
"""What a packed lesson begins with: no name of one that ships does."""
MOST_BYTES = 100_000
"""Of the JSON: a link of strangers may claim to hold gigabytes."""


def packed(lesson: Lesson) -> str:
    """The lesson as text for an address; ValueError if it is too long for one."""
    content = json.dumps(lesson.as_dict(), ensure_ascii=False, separators=(",", ":")).encode()
    if len(content) > MOST_BYTES:
        raise ValueError(
            f"the lesson must have at most {MOST_BYTES:,} bytes, got {len(content):,}: steps with "
            "many points of their own are long"
        )
    return MARK + base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


@lru_cache(maxsize=16)
def unpacked(text: str) -> Lesson:
    """The lesson of such a text; ValueError that says what is wrong."""
    body = text.removeprefix(MARK)
    try:
        content = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(content, MOST_BYTES)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError
        given = json.loads(plain)
        json.dumps(given, ensure_ascii=False).encode()  # halves of signs cannot be shown
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise ValueError("the link does not hold a whole lesson") from None
    return Lesson.from_dict(given)
