"""The layer of the page How it works: its product, and what an output lights up."""

import json
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.test_how_neuron import ramp, serve_network
from ui.components.network_views import pixels_text
from ui.how.steps import LAYER

PRODUCT = """async ([address, x, weight, bias]) => {
  const { multiplications, outputs } = await import(address + "/layer_numbers.js");
  return JSON.stringify([outputs(x, weight, bias), multiplications(x.length, weight)]);
}"""

MOUNT = """async ([address, data]) => {
  document.body.innerHTML = "<main style='width: 700px'></main>";
  const { default: draw } = await import(address + "/layer.js");
  draw({ data, parentElement: document.querySelector("main"), setTriggerValue() {} });
}"""


def test_the_product_is_that_of_numpy(page: Page, how_scripts: str) -> None:
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(5, 7)), rng.normal(size=(3, 7)), rng.normal(size=3)
    page.goto(f"{how_scripts}/terms.js")
    arguments = [how_scripts, x.tolist(), weight.tolist(), bias.tolist()]
    y, count = json.loads(page.evaluate(PRODUCT, arguments))
    np.testing.assert_allclose(y, x @ weight.T + bias, atol=1e-12)
    assert count == 5 * 3 * 7


def test_an_output_lights_its_row_and_its_column(
    page: Page, how_scripts: str, tmp_path: Path
) -> None:
    network = serve_network(tmp_path)
    batch = np.stack([ramp(), ramp().T, 255 - ramp()])
    images = {
        "pixels": pixels_text(batch),
        "mean": network.input_mean,
        "std": network.input_std,
        "weights": f"{how_scripts}/small.safetensors",
    }
    page.goto(f"{how_scripts}/terms.js")
    page.evaluate(MOUNT, [how_scripts, {"words": list(LAYER.words), "images": images}])
    matrices, said, lit = (
        page.locator(name) for name in (".how-matrices", ".how-terms-of", ".is-at")
    )
    expect(matrices).to_contain_text("(1, 4)")
    page.get_by_role("button", name="Output of neuron 2").hover()
    expect(said).to_contain_text("= 0.25 + 1 + 1 + 0 − 1.0 = 1.25")
    expect(page.locator("math .is-lit")).to_have_text("y")
    assert lit.all_text_contents() == [
        *("0.5", "1.0", "−1.0", "0.0"),  # its column of the weights, and its bias
        "−1.0",
        *("0.5", "1.0", "−1.0", "2.0"),  # its row of the inputs
        "1.25",
    ]
    page.get_by_role("slider", name="Input 1 of row 1").press("Shift+ArrowUp")
    expect(page.get_by_role("button", name="Output of neuron 2")).to_have_text("1.75")

    page.get_by_role("button", name="A batch of 3").first.click()
    expect(matrices).to_contain_text("(3, 4)")
    page.get_by_role("button", name="Output of neuron 3 for row 2").hover()
    expect(said).to_contain_text("y of row 2, neuron 3")

    page.get_by_role("button", name="A batch of 3").last.click()
    expect(page.get_by_text("3 × 784 × 128 = 301,056 multiplications")).to_be_visible()
    output = page.get_by_role("slider", name="Output of the layer")
    for key in ("Shift+ArrowDown", *["Shift+ArrowLeft"] * 13, "ArrowRight"):
        output.press(key)
    z = network.layers[0].forward(network.scale_input(batch))[2, 1]
    text = output.get_attribute("aria-valuetext") or ""
    assert "row 2 of x times row 1 of W" in text
    np.testing.assert_allclose(float(text.split()[-1].replace("−", "-")), z, rtol=5e-3)
