"""A link as a picture for a phone's camera."""

import base64
import re
from urllib.parse import unquote

from ui.shared.qr_code import MOST, qr_code


def test_it_is_dark_on_light_and_said_to_be_what_it_is() -> None:
    html = qr_code("http://192.168.1.5:8501/train?run=1", "QR code of this link")
    assert 'alt="QR code of this link"' in html
    picture = re.search(r'src="data:image/svg\+xml(;base64)?[^,]*,([^"]+)"', html)
    assert picture is not None
    svg = base64.b64decode(picture[2]).decode() if picture[1] else unquote(picture[2])
    assert svg.startswith("<svg")
    assert "#fff" in svg
    assert "#000" in svg


def test_a_long_link_makes_a_larger_picture() -> None:
    short, long = (qr_code("x" * count, "") for count in (30, MOST))
    assert "width: 180px" in short
    assert "width: 180px" not in long
