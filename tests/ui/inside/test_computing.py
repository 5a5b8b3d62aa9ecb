"""What stands in a view's place while it is computed."""

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn.training.blas_threads import current_threads
from tests.ui.inside.inside_page import Pad, inside, parameter


def page() -> None:
    import streamlit as st

    from nn.training.blas_threads import current_threads
    from ui.inside.computing import computing

    with computing():
        st.text(f"{current_threads()} thread")
        if st.checkbox("interrupted"):  # as by a newer choice, whose own sign takes its place
            st.stop()
        if st.checkbox("fail here"):
            raise ValueError("no view")


def signs(app: AppTest) -> int:
    return sum("Computing" in html.value for html in app.get("html"))


@pytest.mark.parametrize(("box", "left"), [(None, 0), (0, 1), (1, 0)])
def test_a_sign_stands_there_until_the_view_is_drawn_or_has_failed(box, left):
    threads = current_threads()
    app = AppTest.from_function(page).run()
    if box is not None:
        app.checkbox[box].check().run()
    assert signs(app) == left
    assert app.text[0].value == "1 thread"  # on a busy computer several only wait for each other
    assert current_threads() == threads
    assert bool(app.exception) == (box == 1)


def test_the_whole_page_computes_on_one_core(network, monkeypatch):
    Pad(monkeypatch)
    asked, predict = [], nn.Network.predict_proba

    def noting(self, images, **options):
        asked.append((len(images), current_threads()))
        return predict(self, images, **options)

    monkeypatch.setattr(nn.Network, "predict_proba", noting)
    app = inside(view="why")
    next(button for button in app.button if button.label == "Least sure").click().run()
    assert parameter(app, "image") is not None
    assert {threads for _, threads in asked} == {1}
    assert {1, 355} <= {count for count, _ in asked}  # the image, and all test images
