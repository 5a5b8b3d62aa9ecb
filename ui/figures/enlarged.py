"""A chart for the last row: larger letters, thicker lines."""

from ui.shared.theme import Figure

_LETTERS, _HEADING, _LINE = 20, 26, 4
_MARGIN = {"l": 84, "r": 20, "t": 84, "b": 72}


def enlarged(figure: Figure) -> Figure:
    """The same figure, made by `ui.shared.theme.figure`, with everything larger but its room."""
    layout = figure["layout"]
    template = layout["template"]["layout"]
    letters = {"font": {"size": _LETTERS}}
    large = {
        **template,
        **letters,
        "margin": _MARGIN,
        "title": template["title"] | {"font": {"size": _HEADING}},
        "xaxis": template["xaxis"] | {"title": letters},
        "yaxis": template["yaxis"] | {"title": letters},
    }
    traces = [
        trace | {"line": {**trace.get("line", {}), "width": _LINE}} for trace in figure["data"]
    ]
    return {"data": traces, "layout": layout | {"template": {"layout": large}}}
