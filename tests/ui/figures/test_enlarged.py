"""The figures of the projector mode."""

import plotly.graph_objects as go

from ui.figures.enlarged import enlarged
from ui.shared.theme import figure


def test_letters_and_lines_grow_and_all_else_stays() -> None:
    trace = {"type": "scatter", "name": "Loss", "y": [1, 2], "line": {"dash": "dot"}}
    small = figure([trace], {"title": {"text": "Loss"}, "uirevision": "run"})
    large = go.Figure(enlarged(small))  # Plotly knows all names in it
    assert large.data[0].line.width == 4
    assert large.data[0].line.dash == "dot"
    assert list(large.data[0].y) == [1, 2]
    assert large.layout.template.layout.font.size > 14
    assert (large.layout.title.text, large.layout.uirevision) == ("Loss", "run")
    assert "width" not in trace["line"]
