"""ONNX, as ONNX Runtime and ONNX itself see it."""

import numpy as np
import pytest

import data
import nn
from nn.export import About, export
from tests.nn.export.networks import NETWORKS, SHIPPED, assert_same, images_for, only_moved

onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")


def probabilities(content: bytes, images: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(content)
    (answer,) = session.run(["probabilities"], {"image": images})
    return answer


@pytest.mark.parametrize("name", NETWORKS)
def test_it_answers_as_the_network_does(name):
    network = NETWORKS[name]()
    images = images_for(network)
    content = export(network, "onnx").content
    assert_same(probabilities(content, images), network, images)
    # A single one too: how many there are stays open.
    np.testing.assert_allclose(
        probabilities(content, images[:1]), network.predict_proba(images[:1]), atol=1e-5
    )


def test_a_model_that_ships_reads_test_images_as_it_does_here():
    network, images = nn.load(SHIPPED), data.load("digits").test_images[:20] / np.float32(255)
    assert_same(probabilities(export(network, "onnx").content, images), network, images)


def test_it_names_what_goes_in_and_out_and_says_what_it_is():
    network = only_moved()
    content = export(network, "onnx", About("mine", "MNIST", "97.1 % of 10,000 images")).content
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    shapes = {
        value.name: [size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim]
        for value in (*model.graph.input, *model.graph.output)
    }
    assert shapes == {"image": ["batch", 8, 8], "probabilities": ["batch", 5]}
    notes = {entry.key: entry.value for entry in model.metadata_props}
    assert (notes["name"], notes["data"], notes["label_4"]) == ("mine", "MNIST", "4")
    assert notes["accuracy"] == "97.1 % of 10,000 images"
    assert notes["averages"].startswith("inside: each answer is the mean over 5 copies")
    assert notes["version"].startswith("scratch-nn ")
    assert notes["pixels"] == "from 0 for the background to 1 for ink"
    assert {tensor.name for tensor in model.graph.initializer} >= set(network.state_dict())
