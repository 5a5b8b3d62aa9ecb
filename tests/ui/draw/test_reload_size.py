"""All that a tab brings back after a reload fits into what a visit may say at once."""

import io
import json
import tomllib

import numpy as np
from PIL import Image

from tests.ui.draw.draw_page import APP, a_drawing, brought_back, draw_page, kept_by_tab
from ui.draw.picture import Picture

NAMES = "drawing_and_lessons", "kept_picture"
SETTINGS = APP.parent / ".streamlit" / "config.toml"
MOST = 2_000_000
"""Characters that a tab keeps under each name."""

# A dot as the board sends it. Of what one may draw it has most quotes, which take two characters
# when a text is sent.
DOT = {
    **dict.fromkeys(["lockMovementX", "lockMovementY", "lockRotation", "lockScalingX"], False),
    **dict.fromkeys(["lockScalingY", "lockSkewingX", "lockSkewingY", "lockScalingFlip"], False),
    **{"type": "Path", "version": "7.4.0", "originX": "center", "originY": "center"},
    **{"left": 95.5, "top": 100.36, "width": 1.04, "height": 1, "fill": None},
    **{"stroke": "#f8fafc", "strokeWidth": 20, "strokeDashArray": None, "strokeLineCap": "round"},
    **{"strokeDashOffset": 0, "strokeLineJoin": "round", "strokeUniform": False},
    **{"strokeMiterLimit": 10, "scaleX": 1, "scaleY": 1, "angle": 0, "flipX": False},
    **{"flipY": False, "opacity": 1, "shadow": None, "visible": True, "backgroundColor": ""},
    **{"fillRule": "nonzero", "paintFirst": "fill", "globalCompositeOperation": "source-over"},
    **{"skewX": 0, "skewY": 0},
    "path": [["M", 95, 100], ["Q", 95, 100, 95.5, 100.36], ["L", 96, 101]],
}


def noise(side):
    content = io.BytesIO()
    values = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    Image.fromarray(values).save(content, "PNG")
    return content.getvalue()


def test_the_largest_drawing_and_the_largest_picture_come_back_at_once(ship):
    ship(always="7")
    dots = [DOT] * (int(0.99 * MOST) // len(f"{json.dumps(DOT)}, "))
    app = draw_page(a_drawing(dots))
    app.session_state["picture_found"] = Picture("", noise(698))
    app.run()
    kept = {name: kept_by_tab(app, name) for name in NAMES}
    for text in kept.values():
        assert 0.9 * MOST < len(text) <= MOST

    states = brought_back(draw_page(), kept)
    limit = tomllib.loads(SETTINGS.read_text("utf-8"))["server"]["maxWidgetStateSize"]
    assert 2 * 0.9 * MOST < states.ByteSize() < 0.8 * limit * 1e6
