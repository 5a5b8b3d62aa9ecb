"""What all steps of How it works are made of: words that light up, formulas, handles."""

import pytest
from playwright.sync_api import Page, expect

PREPARE = """async ([address]) => {
  const load = (name) => import(`${address}/${name}.js`);
  const [{ stepFrame }, { named }, { formula, sub, sum, frac, row }, { Plane, svg }, handles] =
    await Promise.all(["step", "terms", "formula", "plane", "dragging"].map(load));
  document.body.replaceChildren();
  document.body.style.margin = 0;
  for (const which of ["one", "other"]) {
    const frame = stepFrame(document.body, (lit) => (window.lit = [...lit]));
    frame.box.id = which;
    frame.setWords(["The [[w1|first weight]] times an [[x z|input]], <b>here</b>."]);
    frame.formula.append(formula("z equals the sum of w times x",
      "z", "=", sum("i"), named("w1", sub("w", 1)), named("x", row(sub("x", 1))), frac(1, "n")));
    const axis = { min: -2, max: 2, name: "x", ticks: [-2, 0, 2] };
    const plane = new Plane({ title: "A plane", x: axis, y: axis });
    const handle = named("w1", svg("circle", { cx: plane.x(0), cy: plane.y(0), r: 9 }));
    let at = [0, 0];
    const to = (x, y) => {
      at = [x, y];
      handle.setAttribute("cx", plane.x(x));
      handle.setAttribute("cy", plane.y(y));
      tell();
    };
    const along = { min: -2, max: 2, step: 0.1 };
    const tell = handles.asPoint(handle, { name: "Start", x: along, y: along, get: () => at,
      set: (x, y) => (at = [x, y]), words: (x, y) => `x ${x}, y ${y}` });
    handles.dragged(handle, { move: (event) => to(...plane.at(event)) });
    plane.handles.append(handle);
    frame.widget.append(plane.element);
  }
}"""


@pytest.fixture
def step(page: Page, how_scripts: str) -> Page:
    page.goto(f"{how_scripts}/step.js")
    page.evaluate(PREPARE, [how_scripts])
    return page


def lit(page: Page) -> list[str]:
    found: list[str] = page.locator(".is-lit").evaluate_all(
        "all => all.map((one) => `${one.closest('.how-step').id} ${one.localName}`)"
    )
    return sorted(found)


def test_what_means_the_same_lights_up_and_can_be_dragged(step: Page) -> None:
    page = step
    one = page.locator("#one")
    expect(one.locator("p")).to_have_text("The first weight times an input, <b>here</b>.")
    formula = one.get_by_role("math", name="z equals the sum of w times x")
    assert formula.evaluate("one => one.querySelector('mo').textContent") == "="

    one.get_by_role("button", name="first weight").hover()
    same = ["one button", "one circle", "one msub"]
    assert lit(page) == same
    assert page.evaluate("lit") == ["w1"]
    page.mouse.move(1, 890)
    assert lit(page) == []
    one.get_by_role("button", name="input").click()
    page.mouse.move(1, 890)
    assert lit(page) == ["one button", "one mrow"]  # it stays, as for a finger

    handle = one.get_by_role("slider", name="Start")
    handle.focus()
    assert lit(page) == same
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(handle).to_have_attribute("aria-valuetext", "x 0.1, y 1")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    expect(handle).to_have_attribute("aria-valuetext", "x 0.1, y -2")
    page.keyboard.press("Tab")
    assert all(name.startswith("other") for name in lit(page))

    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 77.5, y - 77.5, steps=3)
    page.mouse.up()
    x_now, y_now = handle.get_attribute("aria-valuetext").replace("y ", "x ").split(", ")
    assert float(x_now[2:]) == pytest.approx(1, abs=0.05)
    assert float(y_now[2:]) == pytest.approx(1, abs=0.05)
