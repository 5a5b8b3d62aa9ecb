"""What is kept about a model does not outlive it: another one may come under the same name."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from tests.ui.inside.inside_page import inside
from tests.ui.inside.landscape_charts import stand_in
from tests.ui.inside.view_component import ViewComponent
from ui.inside import trick


def said(page: AppTest, component: ViewComponent) -> str:
    """All that the page says, and what the component of a trick is given."""
    assert not page.exception
    texts = [one.value for one in [*page.markdown, *page.caption]]
    return " ".join([*texts, repr(component.data.get("others"))])


@pytest.mark.parametrize("name", ["default", "other"])
@pytest.mark.parametrize(
    "query",
    [
        {"view": "map"},
        {"view": "landscape", "land_by": "line", "land_point": "0.5,0"},
        {"view": "dream"},
        {"view": "trick"},
        {"view": "surgery", "surgery": "swapped-0-all-model-other"},
    ],
    ids=lambda query: query["view"],
)
def test_a_model_that_was_replaced_is_looked_at_anew(
    network: nn.Network,
    shipped: Path,
    monkeypatch: pytest.MonkeyPatch,
    query: dict[str, str],
    name: str,
) -> None:
    monkeypatch.setattr(trick, "_trick", component := ViewComponent())
    stand_in(monkeypatch)  # or what a landscape says comes at any moment
    other = nn.Network.mlp([784, 12, 10], seed=5, metadata=network.metadata)
    nn.save(other, shipped / "other.safetensors")
    page = inside(model="default", **query)
    before = said(page, component)
    later = nn.Network.mlp([784, 12, 10], seed=6, metadata=network.metadata)
    nn.save(later, shipped / f"{name}.safetensors")
    after = said(page.run(), component)
    st.cache_resource.clear()
    assert after == said(page.run(), component)
    is_about_other = query["view"] in ("landscape", "trick", "surgery")
    assert (after != before) == (name == "default" or is_about_other)
