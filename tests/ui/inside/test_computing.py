"""What stands in a view's place while it is computed."""

from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn.training import blas_threads
from tests.ui.inside.inside_page import Pad, inside, parameter


@pytest.fixture(autouse=True)
def threads(monkeypatch):
    """[how many threads the matrix products may use], two to begin with, also where there is one
    core. OpenBLAS itself takes no number from a page's thread once the tests' own has set one."""
    now = [2]

    @contextmanager
    def limited(count):
        before, now[0] = now[0], count
        yield
        now[0] = before

    monkeypatch.setattr(blas_threads, "limited_threads", limited)
    monkeypatch.setattr(blas_threads, "current_threads", lambda: now[0])
    return now


def page() -> None:
    import streamlit as st

    from nn.training.blas_threads import current_threads
    from ui.inside.computing import computing

    network = st.text_input("network", "one")
    with computing(network):
        st.text(f"{current_threads()} thread")
        if st.checkbox("interrupted"):  # as by a newer choice, whose own sign takes its place
            st.stop()
        if st.checkbox("fail here"):
            raise ValueError("no view")


def signs(app: AppTest) -> int:
    return sum("Computing" in html.value for html in app.get("html"))


@pytest.mark.parametrize(("box", "left"), [(None, 0), (0, 1), (1, 0)])
def test_a_sign_stands_there_until_the_view_is_drawn_or_has_failed(threads, box, left):
    app = AppTest.from_function(page).run()
    if box is not None:
        app.text_input[0].input("another")
        app.checkbox[box].check().run()
    assert signs(app) == left
    assert app.text[0].value == "1 thread"  # on a busy computer several only wait for each other
    assert threads == [2]
    assert bool(app.exception) == (box == 1)


@pytest.mark.parametrize(
    ("name", "value", "is_another"),
    [
        ("hidden", "7", False),
        ("off", "0.1", False),
        ("neuron", "1", False),
        ("image", "3", True),
        ("view", "why", True),
        ("target", "3", True),
        (None, "another", True),
    ],
)
def test_what_the_browser_has_drawn_by_itself_stays_while_the_server_computes(
    name, value, is_another
):
    app = AppTest.from_function(page).run()
    if name is None:
        app.text_input[0].input(value)
    else:
        app.query_params[name] = value
    app.checkbox[0].check().run()  # as it is while that goes on
    assert signs(app) == is_another
    app.run()
    assert signs(app) == is_another  # nothing of what was there before counts yet


def test_the_whole_page_computes_on_one_core(network, threads, monkeypatch):
    Pad(monkeypatch)
    asked, predict = [], nn.Network.predict_proba

    def noting(self, images, **options):
        asked.append((len(images), threads[0]))
        return predict(self, images, **options)

    monkeypatch.setattr(nn.Network, "predict_proba", noting)
    app = inside(view="why")
    next(button for button in app.button if button.label == "Least sure").click().run()
    assert parameter(app, "image") is not None
    assert {used for _, used in asked} == {1}
    assert {1, 355} <= {count for count, _ in asked}  # the image, and all test images
