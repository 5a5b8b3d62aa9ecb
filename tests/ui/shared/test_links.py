"""Links that look like buttons."""

from streamlit.testing.v1 import AppTest


def test_link_leads_to_the_page_with_its_settings():
    def script():
        from pathlib import Path

        import streamlit as st

        import ui.shared.links
        from ui.shared.pages import Page

        pages = Path(ui.shared.links.__file__).parents[2] / "pages"
        # Not run: only known, so that there can be a link to it.
        st.navigation([lambda: None, st.Page(pages / "draw.py")], position="hidden")
        ui.shared.links.action_link(
            Page(str(pages / "draw.py"), "Draw", ":material/draw:"),
            label="Draw a digit for it",
            query_params={"model": "some-run"},
        )

    app = AppTest.from_function(script).run()
    assert not app.exception
    link = app.get("page_link")[0].proto
    assert link.label == "Draw a digit for it"
    assert link.page == "draw"
    assert link.query_string == "model=some-run"
    # The style finds it by this.
    container = next(block for block in app.main.children.values() if block.type != "html")
    assert "action_link_draw_a_digit_for_it" in str(container.proto)
    assert any("st-key-action_link_" in html.proto.body for html in app.get("html"))
