"""What the page's buttons give to be taken along."""

import json
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import streamlit as st

from tests.ui.playground.playground_page import playground


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
