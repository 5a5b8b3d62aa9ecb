"""The parts of the benchmark: each measures, and makes tables and pictures of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass
class Section:
    """What a part of the benchmark has found.

    Attributes:
        title: of the whole.
        text: Markdown, with tables.
        raw: every single figure, as JSON-able data.
        pictures: file name (without ending) -> figure.
    """

    title: str
    text: str
    raw: dict[str, Any]
    pictures: "dict[str, go.Figure]" = field(default_factory=dict)
