"""What the browser says of one neuron, and of what flows between neurons, are NumPy's numbers."""

import base64
import json

import numpy as np
import pytest

import nn
from nn.explain.trace import trace
from tests.browser.test_browser_network import NETWORKS
from ui.components.network_views import pixels_text
from ui.inside.browser_network import network_bytes
from ui.inside.neuron_choice import neuron_layers
from ui.inside.one_neuron import _sent

READ = """
  const { Network } = await import(address + "/network.js");
  const { readPixels } = await import(address + "/tensors.js");
  const { neuronLayers } = await import(address + "/neuron_layers.js");
  const network = new Network(Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)));
  const layers = neuronLayers(network.layers);
  const outputs = network.run(readPixels(image));
  const seen = (k) => k === 0 ? network.scaled(readPixels(image)) : outputs[layers[k].index - 1];
"""

FLOWS = f"""async ([address, weights, image]) => {{ {READ}
  const flow = await import(address + "/contributions.js");
  return JSON.stringify(layers.map((layer, k) => ({{
    to: Array.from({{ length: layer.units }}, (_, unit) =>
      Array.from(flow.contributionsTo(network, layer, unit, seen(k)))),
    from: k === 0 ? [] : Array.from({{ length: layers[k - 1].units }}, (_, unit) =>
      Array.from(flow.contributionsFrom(network, layer, unit, seen(k)))),
  }})));
}}"""

NUMBERS = f"""async ([address, weights, image, sent, k, unit, place]) => {{ {READ}
  const {{ neuronNumbers }} = await import(address + "/neuron_numbers.js");
  const stage = await import(address + "/stage.js");
  const {{ fromBrowser, fromServer }} = await import(address + "/neuron_source.js");
  stage.setNetwork(network);
  stage.setImage(readPixels(image));
  const ways = [fromBrowser(), fromServer(sent, image)];
  return JSON.stringify(ways.map((source) => {{
    const numbers = neuronNumbers(source, layers[k], unit, place);
    for (const name of ["inputs", "weights", "products"]) numbers[name] = [...numbers[name]];
    return numbers;
  }}));
}}"""

IMAGE = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)


def weights(network: nn.Network) -> str:
    return base64.b64encode(network_bytes(network)).decode()


def test_what_neurons_give_each_other_adds_up_to_their_sums(page, address):
    page.goto(f"{address}/shared.css")
    for name in ("relu", "batch norm and dropout", "convolutions"):
        it_adds_up_to_their_sums(page, address, NETWORKS[name]())


def it_adds_up_to_their_sums(page, address, network):
    found = trace(network, IMAGE[np.newaxis])
    flows = json.loads(page.evaluate(FLOWS, [address, weights(network), pixels_text(IMAGE)]))
    for k, layer in enumerate(neuron_layers(network)):
        sums = found.outputs[layer.place][0].reshape(-1, layer.units)  # places first
        biases = network.layers[layer.place].bias
        to = np.array(flows[k]["to"])
        np.testing.assert_allclose(
            to.sum(axis=1) + len(sums) * biases, sums.sum(axis=0), atol=2e-4 * np.abs(sums).sum()
        )
        if k > 0:
            np.testing.assert_allclose(np.array(flows[k]["from"]).T, to, atol=1e-4)


def test_of_a_linear_layer_each_gives_weight_times_value(page, address):
    network = NETWORKS["relu"]()
    found = trace(network, IMAGE[np.newaxis])
    page.goto(f"{address}/shared.css")
    flows = json.loads(page.evaluate(FLOWS, [address, weights(network), pixels_text(IMAGE)]))
    np.testing.assert_allclose(
        flows[0]["to"], network.layers[0].weight * found.inputs[0], atol=1e-5
    )
    np.testing.assert_allclose(
        flows[1]["to"], network.layers[2].weight * found.outputs[1][0], atol=1e-5
    )


def test_the_terms_of_a_neuron_and_its_way_out(page, address):
    page.goto(f"{address}/shared.css")
    for name, k, unit, place in (
        ("sigmoid", 0, 7, None),
        ("gelu", 2, 3, None),
        ("batch norm and dropout", 0, 11, None),
        ("convolutions", 0, 4, 100),
        ("convolutions", 1, 2, 13),
        ("convolutions", 2, 9, None),
    ):
        its_terms_and_its_way_out(page, address, name, k, unit, place)


def its_terms_and_its_way_out(page, address, name, k, unit, place):
    network = NETWORKS[name]()
    found = trace(network, IMAGE[np.newaxis])
    layer = neuron_layers(network)[k]
    sent = _sent(network, found, layer, unit)
    arguments = [address, weights(network), pixels_text(IMAGE), sent, k, unit, place]
    for numbers in json.loads(page.evaluate(NUMBERS, arguments)):
        seen = found.inputs[0] if layer.place == 0 else found.outputs[layer.place - 1][0]
        own = network.layers[layer.place]
        if isinstance(own, nn.Conv2d):
            row, column = divmod(place, own.out_side)
            images = seen.reshape(own.side, own.side, own.in_channels)
            patch = images[row : row + own.kernel_size, column : column + own.kernel_size]
            seen = patch.transpose(2, 0, 1).ravel()
        products = seen * own.weight[unit].ravel()
        np.testing.assert_allclose(numbers["inputs"], seen, atol=1e-5)
        np.testing.assert_allclose(numbers["products"], products, atol=1e-5)
        z = found.outputs[layer.place][0].reshape(-1, layer.units)[place or 0, unit]
        assert numbers["z"] == pytest.approx(z, abs=1e-4)
        assert numbers["bias"] == pytest.approx(own.bias[unit])
        largest = np.argsort(-np.abs(products), kind="stable")[:10]
        np.testing.assert_allclose(products[numbers["named"]], products[largest], atol=1e-5)
        rest = z - own.bias[unit] - products[largest].sum()
        assert numbers["rest"] == pytest.approx(rest, abs=1e-4)
        for step in numbers["steps"]:
            check_step(step)
        if k == 1 and name == "convolutions":  # place (1, 4) of 9 x 9 goes to (0, 2) of 4 x 4
            assert numbers["said"] == pytest.approx(found.outputs[5][0].reshape(4, 4, 8)[0, 2, 2])


def check_step(step: dict) -> None:
    kind, before, after = step["spec"]["type"], step["before"], step["after"]
    if kind == "BatchNorm":
        norm = step["norm"]
        std = np.sqrt(norm["variance"] + step["spec"]["eps"])
        expected = (before - norm["mean"]) / std * norm["gamma"] + norm["beta"]
    elif kind == "MaxPool2d":
        assert before == pytest.approx(min(step["four"], key=lambda one: abs(one - before)))
        expected = max(step["four"])
    else:
        activation = next(a for a in nn.ACTIVATIONS.values() if a.__name__ == kind)()
        expected = activation.forward(np.array([[before]], np.float32)).item()
    assert after == pytest.approx(expected, abs=1e-4)
