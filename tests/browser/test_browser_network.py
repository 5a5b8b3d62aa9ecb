"""The browser's way forward through a network gives NumPy's numbers."""

import base64
import json

import numpy as np

import nn
from nn.explain.trace import trace
from ui.components.network_views import pixels_text
from ui.inside.browser_network import network_bytes, network_id

RUN = """async ([address, weights, image]) => {
  const { Network } = await import(address + "/network.js");
  const { readPixels } = await import(address + "/tensors.js");
  const network = new Network(Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)));
  const outputs = network.run(readPixels(image));
  return JSON.stringify({
    outputs: outputs.map((values) => Array.from(values)),
    probabilities: network.probabilities(outputs.at(-1)),
  });
}"""

TAKE = """async ([address, sent]) => {
  const { default: take } = await import(address + "/weights.js");
  const { current } = await import(address + "/stage.js");
  const networks = sent.map((weights) => {
    take({ data: Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)) });
    return current().network;
  });
  return networks.map((network) => networks.indexOf(network));
}"""


def with_running_statistics(network: nn.Network) -> nn.Network:
    """The network after a little training, so that nothing in it is 0 or 1."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        network.forward(rng.normal(0.3, 2, (64, network.in_features)).astype("f"), training=True)
    network.parameters += rng.normal(0, 0.05, network.num_parameters).astype("f")
    return network


NETWORKS = {
    activation: lambda activation=activation: nn.Network.mlp(
        [784, 40, 20, 10], activation, input_mean=0.13, input_std=0.31, temperature=1.7
    )
    for activation in nn.ACTIVATIONS
} | {
    "batch norm and dropout": lambda: with_running_statistics(
        nn.Network.mlp([784, 40, 10], batch_norm=True, dropout=0.4, input_mean=0.13, input_std=0.31)
    ),
    "convolutions": lambda: with_running_statistics(
        nn.Network(
            [
                *(nn.Conv2d(1, 6, 5, 28), nn.ReLU(), nn.MaxPool2d(6, 24)),
                *(nn.Conv2d(6, 8, 4, 12), nn.ReLU(), nn.MaxPool2d(8, 9)),
                *(nn.Flatten(8, 4), nn.Linear(128, 10)),
            ]
        )
    ),
}


def test_all_layers_give_the_numbers_that_numpy_gives(page, address):
    page.goto(f"{address}/shared.css")
    for name, make in NETWORKS.items():
        they_give_the_numbers_that_numpy_gives(page, address, make(), name)


def they_give_the_numbers_that_numpy_gives(page, address, network, name):
    image = np.random.default_rng(0).integers(0, 256, (28, 28), dtype=np.uint8)
    expected = trace(network, image[np.newaxis])
    weights = base64.b64encode(network_bytes(network)).decode()
    got = json.loads(page.evaluate(RUN, [address, weights, pixels_text(image)]))
    assert len(got["outputs"]) == len(expected.outputs)
    for layer, values in zip(got["outputs"], expected.outputs, strict=True):
        atol = 1e-5 * max(1, np.abs(values).max())
        np.testing.assert_allclose(layer, values[0], atol=atol, err_msg=name)
    probabilities = network.probabilities(expected.logits)[0]
    np.testing.assert_allclose(got["probabilities"], probabilities, atol=1e-5, err_msg=name)


TOLD = """async ([address, sent]) => {
  const { default: take } = await import(address + "/weights.js");
  const told = [];
  let heard;
  const setStateValue = (name, value) => { told.push(value); heard?.(); };
  const word = () => new Promise((resolve) => (heard = resolve));
  const give = (data) => take({ data, setStateValue });
  const bytes = (weights) => Uint8Array.from(atob(weights), (c) => c.charCodeAt(0));
  const [one, other] = sent.map(bytes);
  give(one);
  await word();
  give({ known: told[0] }); // as the server does then: nothing to say
  give(other);
  give({ known: told[0] }); // from before it had sent the other one
  return told;
}"""


def test_the_server_is_told_which_network_the_browser_has(page, address):
    networks = [nn.Network.mlp([784, 12, 10], seed=seed) for seed in (1, 2)]
    texts = [base64.b64encode(network_bytes(network)).decode() for network in networks]
    page.goto(f"{address}/shared.css")
    assert page.evaluate(TOLD, [address, texts]) == [network_id(one) for one in networks]


def test_only_other_weights_are_another_network(page, address):
    network = nn.Network.mlp([784, 12, 10], seed=1)
    same = nn.Network.mlp([784, 12, 10], seed=1, metadata={"note": "saved again"})
    warmer = nn.Network.mlp([784, 12, 10], seed=1, temperature=1.5)
    other = nn.Network.mlp([784, 12, 10], seed=2)
    sent = [network_bytes(one) for one in (network, same, warmer, other)]
    page.goto(f"{address}/shared.css")
    texts = [base64.b64encode(weights).decode() for weights in [*sent, b""]]
    assert page.evaluate(TAKE, [address, texts]) == [0, 0, 2, 3, 4]
