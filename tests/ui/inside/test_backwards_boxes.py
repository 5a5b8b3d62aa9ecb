"""The boxes of the view "Backwards": their product is the gradient, and their NumPy runs."""

import contextlib
import io
import re
from math import prod

import numpy as np
import pytest

import nn
from nn.explain.chain import Chain
from nn.explain.loss_trace import LossTrace
from ui.inside import backwards_numpy
from ui.inside.backwards_boxes import rows
from ui.inside.backwards_source import source_lines
from ui.inside.backwards_terms import MOST_NAMED, largest
from ui.inside.backwards_weight import ChosenWeight, input_names, neuron_name

RNG = np.random.default_rng(2)
IMAGE = RNG.integers(0, 256, (28, 28), dtype=np.uint8)
SCALING = {"input_mean": 0.13, "input_std": 0.31, "dtype": np.float64}


def trained_a_little(network):
    """With running means and weights that are neither 0 nor 1."""
    for _ in range(3):
        network.forward(RNG.normal(0.3, 2, (32, network.in_features)), training=True)
    network.parameters += RNG.normal(0, 0.05, network.num_parameters)
    return network


def mlp(activation="relu", **options):
    return trained_a_little(nn.Network.mlp([784, 90, 12, 10], activation, **options, **SCALING))


def convolutional():
    layers = [
        *(nn.Conv2d(1, 3, 5, 28), nn.MaxPool2d(3, 24), nn.ReLU(), nn.Flatten(3, 12)),
        *(nn.Linear(432, 20), nn.ReLU(), nn.Dropout(0.2), nn.Linear(20, 10)),
    ]
    return trained_a_little(nn.Network(layers, **SCALING))


def largest_weight(chain, layer):
    """The weight of a layer with the steepest gradient, followed along the largest terms."""
    layer, neuron, input = chain.largest(layer)
    path, step = [], chain.delta(layer, neuron) if chain.reaches(layer) else None
    while step is not None and step.next_layer is not None:
        path.append(int(np.abs(step.weights * step.deltas).argmax()))
        step = chain.delta(step.next_layer, path[-1])
    return ChosenWeight(layer, neuron, input, path)


def every_row(network, target=3):
    """The rows of one weight of each layer, and its gradient."""
    chain = Chain(network, LossTrace.of_image(network, IMAGE, target))
    for layer in chain.layers:
        weight = largest_weight(chain, layer)
        gradient = chain.gradient(layer, weight.neuron)[weight.input]
        yield chain, weight, rows(chain, weight, IMAGE), gradient


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return float(out.getvalue())


def saturated(network):
    """Sums far beyond where functions end: of the logits too, so that p is 0 for a number."""
    for name, weights in network.named_parameters().items():
        if name.endswith("weight"):
            weights *= 40
    return network


def unusual():
    """Layers right before Linear ones that seldom stand there."""
    layers = [
        *(nn.Conv2d(1, 2, 5, 28), nn.MaxPool2d(2, 24), nn.Flatten(2, 12), nn.Linear(288, 9)),
        *(nn.BatchNorm(9), nn.Linear(9, 8), nn.Linear(8, 10)),
    ]
    return trained_a_little(nn.Network(layers, **SCALING))


def convolution_alone():
    flat = nn.Flatten(2, 24)
    layers = [nn.Conv2d(1, 2, 5, 28), flat, nn.Linear(1152, 9), nn.ReLU(), nn.Linear(9, 10)]
    return trained_a_little(nn.Network(layers, **SCALING))


NETWORKS = {
    "unusual": unusual,
    "convolution alone": convolution_alone,
    **{name: lambda name=name: mlp(name) for name in nn.ACTIVATIONS},
    "batch norm and dropout": lambda: mlp(batch_norm=True, dropout=0.3),
    "convolutions": convolutional,
}


@pytest.mark.parametrize("name", NETWORKS)
def test_each_row_is_the_product_of_its_boxes(name):
    for _, _, shown, gradient in every_row(NETWORKS[name]()):
        for row in shown:
            first, *others = row["boxes"]
            if others and others[0].get("sign") == "−":
                assert row["value"] == pytest.approx(first["value"] - others[0]["value"], 1e-10)
            else:
                product = prod(box["value"] for box in row["boxes"])
                assert row["value"] == pytest.approx(product, rel=1e-10)
        assert shown[-1]["value"] == pytest.approx(gradient, rel=1e-10)


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_copied_prints_the_number(name):
    for _, _, shown, _ in every_row(NETWORKS[name]()):
        for row in shown:
            for box in row["boxes"]:
                got = printed(box["code"])
                assert got == pytest.approx(box["value"], rel=1e-9, abs=1e-18), box["symbol"]
            if "code" in row:
                assert printed(row["code"]) == pytest.approx(row["value"], rel=1e-12)


@pytest.mark.parametrize("name", NETWORKS)
def test_what_is_copied_computes_something(name):
    """But for δ = p - q and what is wanted, which are as simple as that."""
    for _, _, shown, _ in every_row(NETWORKS[name]()):
        for box in (box for row in shown for box in row["boxes"]):
            *_, last = box["code"].splitlines()
            alone = re.fullmatch(r"print\([-\d.e]+\)", last)
            assert not alone, box["symbol"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", [*nn.ACTIVATIONS, "batch norm and dropout", "unusual"])
def test_what_is_copied_prints_the_number_far_beyond_where_functions_end(name):
    network = saturated(NETWORKS[name]())
    least = int(network.predict_logits(IMAGE[np.newaxis])[0].argmin())
    underflown = 0
    for chain, _, shown, _ in every_row(network, least):
        for box in (box for row in shown for box in row["boxes"]):
            got = printed(box["code"])
            assert np.isfinite(got)
            assert got == pytest.approx(box["value"], rel=1e-9, abs=1e-15), box["symbol"]
        underflown += chain.probabilities[least] == 0
        assert "probability 0." not in shown[0]["boxes"][0]["words"]
    assert underflown or name in ("tanh", "sigmoid")  # whose outputs end at 1


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "gelu", "relu", "leaky_relu"])
@pytest.mark.parametrize("z", [-800.0, -40.0, -1e-3, 0.0, 3.0, 40.0, 800.0])
def test_activations_are_copied_for_any_sum(name, z):
    layer = nn.Network.mlp([1, 1, 1], name).layers[1]
    value = float(layer.forward(np.full((1, 1), z))[0, 0])
    slope = float(layer.backward(np.ones((1, 1)))[0, 0])
    assert printed(backwards_numpy.activation_code(layer, z)) == pytest.approx(value, abs=1e-15)
    assert printed(backwards_numpy.slope_code(layer, z)) == pytest.approx(slope, abs=1e-15)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "tanh", "sigmoid", "gelu", "convolutions"])
def test_what_is_copied_has_few_lines_and_needs_numpy_alone(name):
    for _, _, shown, _ in every_row(NETWORKS[name]()):
        codes = [box["code"] for row in shown for box in row["boxes"]]
        assert all("import nn" not in code for code in codes)
        assert max(code.count("\n") for code in codes) < 20


def test_an_activation_of_ones_own_is_copied_too(monkeypatch):
    monkeypatch.setattr(backwards_numpy, "_FORMULAS", {})
    for activation in ("tanh", "leaky_relu"):
        for _, _, shown, _ in every_row(mlp(activation)):
            for box in (box for row in shown for box in row["boxes"]):
                assert printed(box["code"]) == pytest.approx(box["value"], rel=1e-9, abs=1e-18)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_terms_of_a_sum_add_up_to_it(name):
    sums = 0
    for _, weight, shown, _ in every_row(NETWORKS[name]()):
        for box in (box for row in shown for box in row["boxes"] if box["symbol"].startswith("Σ")):
            terms = box["terms"]["rows"]
            assert sum(row["cells"][-1] for row in terms) == pytest.approx(box["value"], rel=1e-10)
            assert len(terms) <= MOST_NAMED + 1
            if "level" in box:
                (followed,) = [row["follow"] for row in terms if row.get("followed")]
                assert followed == weight.path[box["level"]]
            sums += 1
    assert sums >= 2


def test_a_followed_term_is_named_however_small_it_is():
    values = np.linspace(1, 2, 30)
    assert largest(values) == list(range(29, 19, -1))
    assert largest(values, always=4) == [*range(29, 19, -1), 4]


def test_each_box_shows_the_lines_that_computed_it():
    lines = {}
    for name in NETWORKS:
        for _, _, shown, _ in every_row(NETWORKS[name]()):
            for box in (box for row in shown for box in row["boxes"]):
                lines.setdefault(box["symbol"][0], set()).add(
                    (box["source"]["where"].split(",")[0], box["source"]["text"])
                )
    assert ("nn/losses/cross_entropy.py", "p = np.exp(z)\np /= sums * n") in lines["p"]
    activations = {f"nn/layers/{name}.py" for name in ("relu", "leaky_relu", "tanh", "gelu")}
    assert activations <= {where for where, _ in lines["f"]}
    assert any("grad_output, self.weight" in text for _, text in lines["Σ"])
    assert any("patches.T @ grad_places" in text for _, text in lines["Σ"])
    assert any("self.weight * self.inverse_std" in text for _, text in lines["γ"])
    assert any("*= factor" in text for _, text in lines["a"])
    made = {where for where, _ in lines["a"]}
    assert activations | {"nn/layers/batch_norm.py", "nn/layers/max_pool2d.py"} <= made
    assert {"nn/layers/conv2d.py", "nn/layers/linear.py"} <= made


@pytest.mark.parametrize("name", NETWORKS)
def test_the_line_of_the_product_is_that_of_the_row_and_those_of_its_factors_are_their_own(name):
    for chain, weight, shown, _ in every_row(NETWORKS[name]()):
        if not chain.reaches(weight.layer):
            continue
        *_, above, last = shown
        assert "self.x.T, grad_output" in last["source"]["text"]
        assert last["boxes"][0]["source"] == above["boxes"][-1]["source"]
        assert "grad" not in last["boxes"][1]["source"]["text"]


@pytest.mark.parametrize("name", NETWORKS)
def test_an_input_leads_to_the_neuron_that_made_it(name):
    network = NETWORKS[name]()
    for chain, weight, shown, _ in every_row(network):
        if weight.layer == 0 or not chain.reaches(weight.layer):
            continue
        look = shown[-1]["boxes"][1]["look"]
        layer, value = network.layers[look["layer"]], chain.inputs(weight.layer)[weight.input]
        if isinstance(layer, nn.Conv2d):
            place = look["place"] * layer.out_channels + look["neuron"]
        else:
            place = look["neuron"]
        sums = chain.outputs(look["layer"])
        moved = sums.copy()
        moved[place] += 1e-3  # and so it does move the input, and no other sum as much

        def later(sums, first=look["layer"] + 1, last=weight.layer):
            values = sums[np.newaxis]
            for one in network.layers[first:last]:
                values = one.forward(values).copy()
            return values[0]

        assert later(sums)[weight.input] == pytest.approx(value)
        changed = np.flatnonzero(later(moved) != later(sums))
        assert set(changed) <= {weight.input}
        if value:
            assert list(changed) == [weight.input]


def test_the_line_is_where_the_source_has_it():
    source = source_lines(nn.Linear.backward, "np.matmul(grad_output, self.weight")
    file, line = source["where"].split(", line ")
    with open(file, encoding="utf-8") as code:
        assert code.read().splitlines()[int(line) - 1].strip() == source["text"]


@pytest.mark.parametrize("part", ["np.linalg", "self"])
def test_lines_that_are_not_there_are_missed(part):
    with pytest.raises(LookupError, match=r"Linear\.backward"):
        source_lines(nn.Linear.backward, part)


def test_neurons_and_inputs_have_names():
    network = convolutional()
    assert neuron_name(network, 0, 2) == "filter 2 of layer 1"
    assert neuron_name(network, 4, 7) == "neuron 7 of layer 2"
    assert neuron_name(network, 7, 3) == 'the logit of "3"'
    assert input_names(network, 0)[7] == "row 1, column 2"
    assert input_names(network, 4)[144 + 12 + 5] == "filter 1 at row 1, column 5"
    assert input_names(network, 7)[19] == "neuron 19 of layer 2"
    assert input_names(mlp(), 0)[29] == "pixel in row 1, column 1"
    for layer in (0, 4, 7):
        count = int(np.prod(network.parameter_shapes()[f"{layer}.weight"][1:]))
        assert len(input_names(network, layer)) == count
