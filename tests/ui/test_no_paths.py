"""No page tells where things lie on the server: neither in what it says nor in what it sends."""

import json

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from tests.ui.train.train_page import PROJECT

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(8,)).to_dict()
SECRET = "the_folder_of_the_server"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a run that failed, with a torn model, on a server without data."""
    root = tmp_path / SECRET
    for name, place in {"RUNS": "runs", "DATA": "data", "CACHE": "cache"}.items():
        monkeypatch.setenv(f"SCRATCH_NN_{name}", str(root / place))
    st.cache_resource.clear()
    folder = root / "runs" / "torn"
    with runs.RunWriter(folder, CONFIG) as writer:
        writer.write("started", epochs=5, dataset="digits")
        writer.write("failed", 1, 1.0, message=f"[Errno 28] No space left: '{folder}/lock'")
    (folder / "model.safetensors").write_bytes(b"torn")
    return folder


def sent(page):
    """All that the elements of a page hold, as text."""

    def nodes(node):
        yield node
        for child in getattr(node, "children", {}).values():
            yield from nodes(child)

    protos = [getattr(node, "proto", None) for node in nodes(page._tree)]
    return json.dumps([str(proto) for proto in protos])


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("train", {"run": "torn"}, "No space left: "),
        ("train", {"run": "torn", "dataset": "MNIST"}, "MNIST"),
        ("evaluate", {"model": "torn"}, "cannot be used"),
        ("draw", {"model": "torn"}, "cannot be used"),
        ("inside", {"model": "torn"}, "cannot be used"),
    ],
)
def test_no_page_tells_where_things_lie(name, parameters, said, folder):
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page(f"pages/{name}.py")
    for parameter, value in parameters.items():
        page.query_params[parameter] = value
    page.run()
    assert not page.exception
    text = sent(page)
    assert said in text
    assert SECRET not in text
    assert str(PROJECT) not in text
