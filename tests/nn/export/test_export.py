"""What all formats have in common."""

import numpy as np
import pytest

import nn
from nn.export import FORMATS, About, export
from nn.export import formats as module
from nn.layers import Activation
from tests.nn.export.networks import every_activation, only_moved, without_a_square


@pytest.mark.parametrize("name", FORMATS)
def test_averages_that_are_left_out_are_named(name):
    network = only_moved()
    told = "the mean over 5 copies of the image, moved by up to 1 px"
    assert told in export(network, name).notes["averages"]
    alone = export(network, name, averaging=nn.ALONE)
    assert alone.notes["averages"] == f"left out: scratch-nn itself answers with {told}"
    assert "averages" not in export(every_activation(), name).notes


@pytest.mark.parametrize("name", FORMATS)
def test_the_accuracy_is_that_of_what_is_inside(name):
    network, about = only_moved(), About(accuracy="5 of 6", accuracy_alone="4 of 6")
    inside = "5 of 6" if FORMATS[name].averages else "4 of 6"
    assert export(network, name, about).notes["accuracy"] == inside
    assert export(network, name, about, averaging=nn.ALONE).notes["accuracy"] == "4 of 6"
    unknown = export(network, name, About(accuracy="5 of 6"), averaging=nn.ALONE)
    assert "accuracy" not in unknown.notes


@pytest.mark.parametrize("name", FORMATS)
def test_a_network_is_left_as_it_is(name):
    network = only_moved()
    before = network.parameters.copy()
    export(network, name, averaging=nn.ALONE)
    np.testing.assert_array_equal(network.parameters, before)
    assert network.averaging == nn.Averaging(1)


@pytest.mark.parametrize("name", FORMATS)
def test_a_layer_that_a_format_has_no_word_for_is_named(name):
    class Cube(Activation):
        def forward(self, x, training=False):
            return x**3

        def backward(self, grad_output, input_gradient=True):
            return grad_output

    with pytest.raises(ValueError, match="Cube"):
        export(nn.Network([nn.Linear(4, 3), Cube(), nn.Linear(3, 2)]), name)


def test_a_network_beyond_all_sense_is_refused():
    network = only_moved()
    network.parameters[0] = np.nan
    with pytest.raises(ValueError, match=r"0\.weight must hold numbers"):
        export(network, "json")


def test_images_that_are_no_squares_cannot_be_moved():
    with pytest.raises(ValueError, match="test_time_shift must be 0 for images that are not"):
        export(without_a_square(), "json", averaging=nn.Averaging(1))


def test_what_is_said_of_a_network_is_not_too_long():
    assert export(only_moved(), "json", About("x" * 1000)).notes["name"] == "x" * 200


@pytest.mark.parametrize("name", ["pytorch", "keras"])
def test_weights_that_float16_holds_take_half_the_room(name):
    network = nn.Network.mlp([64, 500, 5])
    whole = len(export(network, name).content)
    network.parameters[...] = network.parameters.astype(np.float16)
    half = len(export(network, name).content)
    assert whole - half == 2 * (64 * 500 + 500 * 5)  # biases are 0, and were so before


def test_only_what_could_be_inside_is_left_out_of_a_files_name():
    for format, name in (("numpy", "one_alone.py"), ("json", "one.json")):
        assert FORMATS[format].file_name("one", without_averages=True) == name


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="format must be one of onnx, pytorch, keras, numpy, json"):
        export(only_moved(), "pickle")


def test_without_onnx_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match=r"pip install -r requirements-onnx\.txt"):
        export(only_moved(), "onnx")
    assert export(only_moved(), "json").content
