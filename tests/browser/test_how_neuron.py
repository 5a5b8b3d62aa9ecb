"""The neuron of the page How it works: its line, its numbers, and what follows a handle."""

import base64
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from safetensors.numpy import save

import nn
from nn.layers import ACTIVATIONS
from ui.components.network_views import pixels_text
from ui.how.steps import NEURON
from ui.models.shipped_network import small_file, small_network

NUMBERS = """async ([address, neuron, points, sums]) => {
  const line = await import(address + "/neuron_line.js");
  const { ACTIVATIONS } = await import(address + "/neuron_activations.js");
  const of = (f) => sums.map(f);
  return JSON.stringify({
    sums: points.map((point) => line.sumAt(neuron, point)),
    distance: line.distance(neuron),
    foot: line.foot(neuron),
    direction: line.direction(neuron),
    ends: line.segment(neuron, 3),
    turned: [-1, 1].map((end) => line.turned(neuron, points[0], end)),
    moved: line.moved(neuron, 0.3, -0.7),
    far: line.segment({ w1: 1, w2: 0, b: -9 }, 3),
    none: line.segment({ w1: 0, w2: 0, b: 1 }, 3),
    outputs: Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, { f }]) => [name, of(f)])),
  });
}"""

SHIPPED = """async ([address, pixels, mean, std, neuron]) => {
  const { firstLayer } = await import(address + "/shipped_layer.js");
  const { readPixels } = await import(address + "/tensors.js");
  const { layerSums, neuronSum, scaled } = await import(address + "/layer_numbers.js");
  const layer = await firstLayer(address + "/small.safetensors");
  const x = scaled(readPixels(pixels), { mean, std });
  const { weights, products, ...sums } = neuronSum(layer, neuron, x);
  const all = [...layerSums(layer, x)];
  return JSON.stringify({ ...sums, all, weights: [...weights], products: [...products] });
}"""

READ = """async ([address, file]) => {
  const { readTensors } = await import(address + "/tensors.js");
  const { tensors } = readTensors(Uint8Array.from(atob(file), (c) => c.charCodeAt(0)));
  return [...tensors.values];
}"""

MOUNT = """async ([address, data]) => {
  document.body.innerHTML = "<main style='width: 700px'></main>";
  const { default: draw } = await import(address + "/neuron.js");
  draw({ data, parentElement: document.querySelector("main"), setTriggerValue() {} });
}"""


def test_the_line_and_the_activations_are_those_of_theory(page: Page, how_scripts: str) -> None:
    w, b = np.array([1.2, -0.8]), -1.1
    points, z = [[1.5, -2.0], [0.0, 0.0]], [-30.0, -1.5, 0.0, 0.7, 800.0]
    page.goto(f"{how_scripts}/terms.js")
    neuron = {"w1": w[0], "w2": w[1], "b": b}
    got = json.loads(page.evaluate(NUMBERS, [how_scripts, neuron, points, z]))
    np.testing.assert_allclose(got["sums"], np.array(points) @ w + b)
    assert got["distance"] == pytest.approx(1.1 / np.linalg.norm(w))
    np.testing.assert_allclose(got["foot"], got["distance"] * w / np.linalg.norm(w))
    assert np.dot(got["direction"], w) == pytest.approx(0)
    np.testing.assert_allclose(np.array(got["ends"]) @ w + b, 0, atol=1e-12)
    np.testing.assert_allclose(np.abs(got["ends"]).max(axis=1), 3)
    for turned, end in zip(got["turned"], [-1, 1], strict=True):
        to = np.array([turned["w1"], turned["w2"]])
        assert turned["b"] == b
        assert np.linalg.norm(to) == pytest.approx(np.linalg.norm(w))
        assert to @ points[0] + b == pytest.approx(0)
        assert np.sign(to[0] * points[0][1] - to[1] * points[0][0]) == end
    moved = got["moved"]
    assert [moved["w1"], moved["w2"]] == list(w)
    np.testing.assert_allclose(
        (np.array(got["ends"]) + np.array([0.3, -0.7])) @ w + moved["b"], 0, atol=1e-12
    )
    assert got["far"] is None
    assert got["none"] is None
    expected = {
        name: ACTIVATIONS[name]().forward(np.array(z)) for name in ("relu", "tanh", "sigmoid")
    }
    for name, values in {"identity": np.array(z), **expected}.items():
        np.testing.assert_allclose(got["outputs"][name], values, rtol=1e-12, atol=1e-15)


def test_a_neuron_of_the_shipped_network_has_the_numbers_of_nn(
    page: Page, how_scripts: str, tmp_path: Path
) -> None:
    network, image = serve_network(tmp_path), ramp()
    x = network.scale_input(image[np.newaxis]).astype(float)[0]
    layer = network.layers[0]
    assert isinstance(layer, nn.Linear)
    page.goto(f"{how_scripts}/terms.js")
    arguments = [how_scripts, pixels_text(image), network.input_mean, network.input_std, 5]
    got = json.loads(page.evaluate(SHIPPED, arguments))
    products = layer.weight[5].astype(float) * x
    np.testing.assert_array_equal(np.float32(got["weights"]), layer.weight[5])
    np.testing.assert_allclose(got["products"], products, atol=1e-5)
    assert got["plus"] == pytest.approx(products[products > 0].sum(), abs=1e-4)
    assert got["minus"] == pytest.approx(products[products < 0].sum(), abs=1e-4)
    assert got["z"] == pytest.approx(products.sum() + layer.bias[5], abs=1e-4)
    np.testing.assert_allclose(got["all"], layer.weight.astype(float) @ x + layer.bias, atol=1e-4)


def test_the_browser_reads_the_numbers_of_a_file_in_float16(page: Page, how_scripts: str) -> None:
    values = np.array([0, -0.0, 1, -2.5, 65504, 2**-14, 6e-8, -5.9e-5, np.inf, np.nan], np.float16)
    page.goto(f"{how_scripts}/terms.js")
    file = base64.b64encode(save({"values": values})).decode()
    np.testing.assert_array_equal(page.evaluate(READ, [how_scripts, file]), values.astype(float))


def test_handles_numbers_and_words_follow_each_other(
    page: Page, how_scripts: str, tmp_path: Path
) -> None:
    network = serve_network(tmp_path)
    images = {
        "pixels": pixels_text(ramp()),
        "mean": network.input_mean,
        "std": network.input_std,
        "weights": f"{how_scripts}/small.safetensors",
    }
    page.goto(f"{how_scripts}/terms.js")
    page.evaluate(MOUNT, [how_scripts, {"words": list(NEURON.words), "images": images}])
    live, picture = page.locator(".how-live"), page.locator(".how-plane svg")
    expect(live).to_contain_text("z = 1.20 × 0.50 + 0.80 × 2.20 + −1.20 = 1.16")
    page.get_by_role("slider", name="The line, moved by the bias").press("ArrowUp")
    expect(live).to_contain_text("+ −1.10 = 1.26")
    page.get_by_role("slider", name="The weights", exact=True).press("Shift+ArrowRight")
    expect(live).to_contain_text("z = 2.20 × 0.50")
    page.get_by_role("slider", name="Input 2").press("ArrowDown")
    expect(live).to_contain_text("0.80 × 2.15")
    page.get_by_role("button", name="ReLU").click()
    expect(live).to_contain_text("a = max(0, 1.72) = 1.72")

    box = page.get_by_role("slider", name="Second end").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 80, box["y"] + box["height"] / 2)
    page.mouse.up()
    expect(live).not_to_contain_text("z = 2.20")
    expect(live).to_contain_text("+ −1.10 =")  # the weights turn the line, the bias stays

    page.get_by_role("button", name="bias").hover()
    lit = page.locator(".is-lit")
    expect(picture.locator(".how-gap")).to_have_class("how-gap is-lit")
    expect(page.locator("math .is-lit")).to_have_text("b")
    assert {"b"} <= set(lit.first.get_attribute("data-term").split())  # type: ignore[union-attr]

    pixel = page.get_by_role("slider", name="Pixel of the image")
    before = pixel.get_attribute("aria-valuetext")
    pixel.press("ArrowDown")
    assert pixel.get_attribute("aria-valuetext") != before
    page.get_by_role("slider", name="Neuron").press("Home")
    z = network.layers[0].forward(network.scale_input(ramp()[np.newaxis]))[0, 0]
    said = page.locator('.how-bar[data-term="zi"] span').last.inner_text().replace("−", "-")
    assert float(said) == pytest.approx(z, rel=5e-3)


def serve_network(folder: Path) -> nn.Network:
    """Put the shipped network beside the scripts."""
    shutil.copy(small_file(), next(folder.glob("how_it_works-*")))
    network = small_network()
    assert network is not None
    return network


def ramp() -> np.ndarray:
    """An image with all shades."""
    return (np.arange(784) % 256).astype(np.uint8).reshape(28, 28)
