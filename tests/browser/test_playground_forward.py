"""The browser's way forward through a network of the plane gives NumPy's numbers."""

import base64
import json

import numpy as np
from playwright.sync_api import Page

from nn.layers import ACTIVATIONS
from nn.plane.features import FEATURES, inputs_of

RUN = """async ([address, shape, weights, x, off]) => {
  const { forward } = await import(address + "/forward.js");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);
  const outputs = forward(shape, floats(weights), floats(x), new Set(off));
  return JSON.stringify(outputs.map((values) => Array.from(values)));
}"""


def test_all_layers_give_the_numbers_that_numpy_gives(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/forward.js")
    for activation in ("linear", *ACTIVATIONS):
        they_give_the_numbers_that_numpy_gives(page, scripts, activation)


def they_give_the_numbers_that_numpy_gives(page: Page, scripts: str, activation: str) -> None:
    inputs, widths = list(FEATURES), [9, 7, 16, 3, 4]
    activations = [activation, activation, activation, "linear"]
    off = {(0, 6), (1, 0), (2, 1)}
    rng = np.random.default_rng(3)
    x = rng.uniform(-6, 6, (50, 2)).astype("f")
    parameters, expected = [], [inputs_of(x, inputs)]
    for layer, name in enumerate(activations):
        weight = rng.normal(0, 0.5, (widths[layer], widths[layer + 1])).astype("f")
        bias = rng.normal(0, 0.5, widths[layer + 1]).astype("f")
        parameters += [weight.ravel(), bias]
        z = expected[-1] @ weight.astype(float) + bias
        y = z if name == "linear" else ACTIVATIONS[name]().forward(z).copy()
        for _, neuron in (place for place in off if place[0] == layer):
            y[:, neuron] = 0
        expected.append(y)
    shape = {"inputs": inputs, "widths": widths, "activations": activations}
    sent = [base64.b64encode(array.tobytes()).decode() for array in (np.concatenate(parameters), x)]
    places = [f"{layer},{neuron}" for layer, neuron in off]
    got = json.loads(page.evaluate(RUN, [scripts, shape, *sent, places]))
    assert len(got) == len(expected)
    for values, right in zip(got, expected, strict=True):
        found = np.reshape(values, (right.shape[1], len(x))).T
        np.testing.assert_allclose(
            found, right, atol=1e-5 * max(1, np.abs(right).max()), err_msg=activation
        )
