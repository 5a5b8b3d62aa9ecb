"""Colours: can they be seen, and told apart, by everybody and in both themes?"""

import itertools
import tomllib
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.shared import theme

CONFIG = tomllib.loads(
    (Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)
THEMES = {name: CONFIG["theme"][name] for name in ("light", "dark")}

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour: str) -> np.ndarray:
    """'#RRGGBB' as linear RGB in [0, 1]."""
    encoded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """As in the Web Content Accessibility Guidelines, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE Lab (D65) of a linear RGB colour."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("colour", theme.PALETTE)
def test_palette_stands_out_from_the_background(colour, name):
    assert contrast(colour, THEMES[name]["backgroundColor"]) >= 3


@pytest.mark.parametrize("vision", VISION)
def test_palette_can_be_told_apart(vision):
    seen = [lab(VISION[vision] @ linear(colour)) for colour in theme.PALETTE]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 15


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable(name):
    colours = THEMES[name]
    for background in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(colours["textColor"], colours[background]) >= 7
        assert contrast(colours["linkColor"], colours[background]) >= 4.5
    # Also the label of a primary button, which has the colour of the background: see page_style.
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_heatmap_scale_runs_evenly_away_from_the_background(name):
    colours = THEMES[name]
    steps = [contrast(c, colours["backgroundColor"]) for c in colours["chartSequentialColors"]]
    assert len(steps) == 10  # Streamlit takes no other number
    assert steps[0] < 1.3
    assert all(before < after for before, after in itertools.pairwise(steps))
    assert steps[-1] > 7


def test_config_and_python_agree():
    assert CONFIG["theme"]["chartCategoricalColors"] == theme.PALETTE
    light = THEMES["light"]
    assert light["chartSequentialColors"] == theme.SEQUENTIAL
    assert light["textColor"] == theme.PICTURE_COLOURS["text-color"]
    assert light["borderColor"] == theme.PICTURE_COLOURS["border-color"]


def test_figure_keeps_what_the_layout_sets():
    figure = go.Figure(
        theme.figure([{"type": "bar", "y": [1]}], {"height": 500, "margin": {"l": 7}})
    )
    assert figure.layout.height == 500
    assert figure.layout.margin.l == 7
    assert figure.layout.template.layout.paper_bgcolor == "rgba(0,0,0,0)"


def test_figure_leaves_text_and_grid_to_the_page():
    template = go.Figure(theme.figure([], {})).layout.template
    assert template.layout.font.color is None
    assert template.layout.xaxis.gridcolor is None


def test_plotly_takes_both_scales():
    for scale in (theme.SEQUENTIAL, theme.THEME_SEQUENTIAL):
        assert len(go.Figure(go.Heatmap(z=[[1]], colorscale=scale)).data[0].colorscale) == 10
