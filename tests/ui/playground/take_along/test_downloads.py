"""What the page's buttons give to be taken along."""

import json
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import streamlit as st

from tests.ui.playground.playground_page import player, playground, setup_of
from ui.playground.take_along.saved_json import SavedNetwork, saved_json


def test_downloads_are_made_outside_the_session():
    """Streamlit calls for their content in a thread that knows of no session."""
    made = {}

    def remember(label, content, *rest, **options):
        made[label] = content

    with patch.object(st, "download_button", remember):
        playground(data="xor")
    with ThreadPoolExecutor() as elsewhere:
        numpy_code, torch_code, saved = (
            elsewhere.submit(made[label]).result()
            for label in ("NumPy code", "PyTorch code", "Weights and points")
        )
    assert "EPOCHS = 1" in numpy_code
    assert "import torch" in torch_code
    assert json.loads(saved)["setup"] == {"data": "xor"}


def test_of_a_file_that_is_opened_is_said_where_its_training_begins():
    app = playground(layers="3")
    training = player(app).trainings[0]
    training.train(50)
    weights = training.network.parameters.copy()
    content = saved_json(setup_of(app), [SavedNetwork(weights)])
    (box,) = (one for one in app.file_uploader if one.key == "playground_saved_file")
    box.set_value(("playground.json", content.encode(), "application/json")).run()
    assert ["from 0 again" in said.value for said in app.success] == [True]
    opened = player(app).trainings[0]
    assert opened.step == 0
    assert (opened.network.parameters == weights).all()
