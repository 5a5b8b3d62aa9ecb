"""The numbers of the step "Gradient descent", which the browser computes: landscapes, the paths of
nn's optimizers, and what becomes of a learning rate and a momentum."""

import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

import nn
from benchmarks.chromium import wait_for
from ui.components.how_it_works import SCRIPTS

QUADRATICS = {"bowl": (1, 2), "ravine": (1, 25)}
RATES = (0.004, 0.02, 0.079, 0.081, 0.11, 0.159, 0.161, 0.4, 0.99, 1.01, 1.9, 3.0)
MOMENTA = (0.0, 0.2, 0.5, 0.9, 0.98)

COMPUTED = """async ([address, rates, momenta]) => {
  const at = (name) => import(`${address}/descent_${name}.js`);
  const { SURFACES } = await at("surfaces");
  const { RULES, SGD, RMSprop, Adam } = await at("optimizers");
  const { descend, leftWith } = await at("path");
  const { outcome, outcomeByRunning, fastest, limit } = await at("stability");
  const { saidOf } = await at("rows");
  const surfaces = {};
  for (const [name, surface] of Object.entries(SURFACES)) {
    const { start, rate, momentum } = surface;
    const paths = Object.entries(RULES).map(([rule, { make }]) =>
      [rule, descend(surface, make(rate, momentum), start, 200)]);
    const points = [];
    for (let x = -2; x <= 2; x += 0.5) {
      for (let y = -1.5; y <= 2; y += 0.5) {
        points.push([x, y, surface.loss(x, y), ...surface.gradient(x, y)]);
      }
    }
    const lowest = surface.gradient(...surface.minimum);
    surfaces[name] = { start, rate, momentum, points, lowest, paths: Object.fromEntries(paths),
      curvatures: surface.curvatures, minimum: surface.minimum };
  }
  const map = {};
  for (const name of ["bowl", "ravine"]) {
    const surface = SURFACES[name];
    map[name] = rates.flatMap((rate) => momenta.map((momentum) => ({ rate, momentum,
      theory: outcome(surface, surface.start, rate, momentum),
      ran: outcomeByRunning(surface, surface.start, rate, momentum, 3000) })));
  }
  const nearLimit = Object.values(SURFACES).flatMap((surface) => momenta.map((momentum) => {
    const most = limit(momentum, surface.curvatures[1]);
    const start = surface.minimum.map((value) => value + 1e-4);
    return [0.98, 1.02].map((share) => {
      const { losses } = descend(surface, new SGD(share * most, momentum), start, 3000);
      return Math.max(...losses.slice(-50)) / losses[0];
    });
  }));
  const said = (surface, rule, start, steps) =>
    saidOf(descend(surface, rule, start, surface.steps), surface, steps);
  const { ravine, rosenbrock, saddle } = SURFACES;
  const tooFar = descend(ravine, new SGD(0.1), [1, 1], 300);
  return JSON.stringify({
    surfaces, map, nearLimit,
    said: [said(ravine, new SGD(0.1), [1, 1], 1), said(ravine, new SGD(0.1), [1, 1], 9),
      said(ravine, new SGD(0.04), [0, 1], 9), said(saddle, new SGD(0.5), [1, 0], 90)],
    usual: Object.fromEntries(
      Object.entries({ sgd: new SGD(0.1), rmsprop: new RMSprop(0.01), adam: new Adam(0.001) })
        .map(([name, one]) => [name, descend(rosenbrock, one, [-1.2, 1], 50)])),
    fastest: fastest([1, 25]),
    limits: [limit(0, 25), limit(0.5, 25)],
    tooFar: { steps: tooFar.points.length - 1, diverged: tooFar.diverged,
      left: [0, 1, 2, 3, 200].map((steps) => leftWith(tooFar, ravine, steps)) },
  });
}"""

LOSSES: dict[str, Callable[[float, float], float]] = {
    "bowl": lambda x, y: (x**2 + 2 * y**2) / 2,
    "ravine": lambda x, y: (x**2 + 25 * y**2) / 2,
    "saddle": lambda x, y: x**2 / 2 + (y**2 - 1) ** 2 / 4,
    "rosenbrock": lambda x, y: ((1 - x) ** 2 + 100 * (y - x**2) ** 2) / 100,
}
GRADIENTS: dict[str, Callable[[float, float], tuple[float, float]]] = {
    "bowl": lambda x, y: (x, 2 * y),
    "ravine": lambda x, y: (x, 25 * y),
    "saddle": lambda x, y: (x, y**3 - y),
    "rosenbrock": lambda x, y: (
        (-2 * (1 - x) - 400 * x * (y - x**2)) / 100,
        200 * (y - x**2) / 100,
    ),
}
OPTIMIZERS = {
    "sgd": lambda *vectors, rate, momentum: nn.SGD(*vectors, rate),
    "momentum": lambda *vectors, rate, momentum: nn.SGD(*vectors, rate, momentum),
    "rmsprop": lambda *vectors, rate, momentum: nn.RMSprop(*vectors, rate),
    "adam": lambda *vectors, rate, momentum: nn.Adam(*vectors, rate),
}


def path_of(
    make: Callable[..., nn.Optimizer], surface: str, start: list[float], steps: int
) -> np.ndarray:
    """Where an optimizer of nn goes on a landscape: (steps + 1, 2)."""
    parameters, gradients = np.array(start, dtype=float), np.zeros(2)
    optimizer = make(parameters, gradients)
    points = [parameters.copy()]
    for _ in range(steps):
        gradients[:] = GRADIENTS[surface](*parameters)
        optimizer.step()
        points.append(parameters.copy())
    return np.array(points)


def test_the_paths_are_those_of_the_optimizers_of_nn_and_the_map_says_what_theory_says(
    page: Page, how_scripts: str
) -> None:
    page.goto(f"{how_scripts}/terms.js")
    got = json.loads(page.evaluate(COMPUTED, [how_scripts, RATES, MOMENTA]))
    _check_landscapes(got["surfaces"])
    _check_paths(got)
    _check_map(got["map"])
    assert got["said"] == [
        "on its way",
        "left the picture at step 2",
        "at the minimum from step 1 on",
        "stands still: there the gradient is 0",
    ]
    # Around a minimum every landscape is a quadratic.
    assert all(below < 1 < above for below, above in got["nearLimit"])
    assert got["limits"] == [pytest.approx(2 / 25), pytest.approx(3 / 25)]
    # No other setting has a smaller factor: here the formulas of Polyak, by hand.
    assert got["fastest"] == {"rate": pytest.approx(1 / 9), "momentum": pytest.approx(4 / 9)}
    # With 0.1 the steep direction is multiplied by 1 - 0.1 · 25 = -1.5: 1, -1.5, 2.25, ...
    assert got["tooFar"]["left"] == [None, None, 2, 2, 2]
    assert got["tooFar"]["diverged"]
    assert 1.5 ** got["tooFar"]["steps"] <= 1e6 < 1.5 ** (got["tooFar"]["steps"] + 1)


def _check_landscapes(surfaces: dict) -> None:
    assert surfaces.keys() == LOSSES.keys()
    for name, surface in surfaces.items():
        for x, y, loss, *gradient in surface["points"]:
            assert loss == pytest.approx(LOSSES[name](x, y), abs=1e-12)
            assert gradient == pytest.approx(GRADIENTS[name](x, y), abs=1e-12)
        assert surface["lowest"] == [0, 0]
        assert surface["curvatures"] == pytest.approx(_curvatures(name, surface["minimum"]))


def _curvatures(name: str, point: list[float]) -> list[float]:
    """Eigenvalues of the second derivatives, by central differences of the gradient."""
    h = 1e-5
    rows = [
        (np.array(GRADIENTS[name](*(point + h * e))) - GRADIENTS[name](*(point - h * e))) / (2 * h)
        for e in np.eye(2)
    ]
    return np.linalg.eigvalsh(np.array(rows)).tolist()


def _check_paths(got: dict) -> None:
    for surface, of_surface in got["surfaces"].items():
        setting = {name: of_surface[name] for name in ("rate", "momentum")}
        for name, path in of_surface["paths"].items():
            make = OPTIMIZERS[name]
            expected = path_of(
                lambda *vectors, make=make, setting=setting: make(*vectors, **setting),
                surface,
                of_surface["start"],
                200,
            )
            np.testing.assert_allclose(path["points"], expected, rtol=0, atol=1e-6)
            losses = [LOSSES[surface](*point) for point in expected]
            np.testing.assert_allclose(path["losses"], losses, rtol=0, atol=1e-6)
    for name, path in got["usual"].items():  # what the optimizers have where nothing is said
        expected = path_of(nn.OPTIMIZERS[name], "rosenbrock", [-1.2, 1], 50)
        np.testing.assert_allclose(path["points"], expected, rtol=0, atol=1e-6)


def _check_map(of_surfaces: dict) -> None:
    for surface, curvatures in QUADRATICS.items():
        outcomes = of_surfaces[surface]
        assert {one["theory"]["outcome"] for one in outcomes} == {
            "converges",
            "oscillates",
            "diverges",
        }
        for one in outcomes:
            rate, momentum, theory = one["rate"], one["momentum"], one["theory"]
            # A step of (v, x) is this matrix; what it does in the end says its largest eigenvalue.
            steps = [
                np.linalg.eigvals([[momentum, c], [-rate * momentum, 1 - rate * c]])
                for c in curvatures
            ]
            factor = max(np.abs(roots).max() for roots in steps)
            assert theory["factor"] == pytest.approx(factor)
            assert (theory["outcome"] == "diverges") == (
                rate > 2 * (1 + momentum) / max(curvatures)
            )
            assert (one["ran"]["outcome"] == "diverges") == (theory["outcome"] == "diverges")
            if one["ran"]["outcome"] == "oscillates":
                assert theory["outcome"] == "oscillates"
            swings = any(
                np.abs(roots.imag).max() > 1e-12 or roots[np.abs(roots).argmax()].real < 0
                for roots in steps
            )
            if theory["outcome"] != "diverges":
                assert (theory["outcome"] == "oscillates") == swings


MOUNT = """async ([address, style]) => {
  const { default: draw } = await import(`${address}/descent.js`);
  document.head.innerHTML = '<meta name="viewport" content="width=device-width">';
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  document.body.replaceChildren();
  draw({ data: { words: [] }, parentElement: document.body });
}"""


def test_a_finger_moves_the_start_and_the_page_only_elsewhere(
    phone: Page, how_scripts: str
) -> None:
    phone.goto(f"{how_scripts}/terms.js")
    style = "".join((SCRIPTS / name).read_text("utf-8") for name in ("how.css", "descent.css"))
    phone.evaluate(MOUNT, [how_scripts, style])
    start = phone.get_by_role("slider", name="Start")
    start.evaluate("one => one.closest('.descent-main').scrollIntoView()")
    scrolled = phone.evaluate("scrollY")
    (x, y), per_unit = _middle(start), phone.locator(".how-plane").first.bounding_box()["width"] / 4
    _swipe(phone, x + 12, y + 12, 60, -50)
    assert phone.evaluate("scrollY") == scrolled
    moved = _middle(start)
    assert moved == (pytest.approx(x + 60, abs=2), pytest.approx(y - 50, abs=2))
    words = start.get_attribute("aria-valuetext")
    assert re.fullmatch("first weight −?[0-9.]+, second weight [0-9.]+", words)
    assert float(words.split()[-1]) == pytest.approx(0.8 + 50 / per_unit, abs=0.15)
    expect(phone.locator(".descent-looked")).to_contain_text("SGD, after step 0")
    _swipe(phone, x + 200, y + 150, 0, -100)
    wait_for(phone, "from => scrollY > from", scrolled)
    assert _middle(start)[0] == pytest.approx(moved[0])  # it was no tap

    # A tap on the map, at the right, chooses what diverges; with Play one sees how.
    both = phone.get_by_role("slider", name="Learning rate and momentum")
    expect(both).to_have_attribute("aria-valuetext", re.compile("0.07, momentum 0.5: oscillates"))
    both.scroll_into_view_if_needed()
    x, y = _middle(both)
    phone.touchscreen.tap(x + 60, y)
    expect(both).to_have_attribute("aria-valuetext", re.compile("momentum 0.5: diverges"))
    phone.get_by_role("button", name="To the start").tap()
    sgd = phone.get_by_role("row", name="SGD")
    expect(sgd).to_contain_text("on its way")
    phone.get_by_role("button", name="Play").tap()  # who wants no motion sees the end
    expect(sgd).to_contain_text("left the picture at step 1")


def _middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _swipe(page: Page, x: float, y: float, right: float, down: float) -> None:
    touch = page.context.new_cdp_session(page)
    for step in range(9):
        points = [{"x": x + right * step / 8, "y": y + down * step / 8}]
        kind = "touchMove" if step else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
