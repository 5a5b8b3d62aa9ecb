"""The step "Backpropagation" as one plays with it: its numbers, steps, updates and blanks."""

from playwright.sync_api import Locator, Page, expect

MOUNTED = """async (address) => {
  const { default: draw } = await import(`${address}/backprop.js`);
  document.body.innerHTML = "<main></main>";
  const words = ["[[E|error]] [[weight|weight]] [[factor|factor]]"];
  window.draw = () => draw({ data: { words }, parentElement: document.querySelector("main") });
  draw({ data: { words }, parentElement: document.querySelector("main") });
}"""


def test_one_walks_changes_numbers_updates_and_fills_blanks_in(
    page: Page, how_scripts: str
) -> None:
    _open(page, how_scripts)
    _check_linking(page)
    _check_walking(page)
    _check_numbers(page)
    _check_updates(page)
    _check_blanks(page)
    # What was done is there after the page is opened anew, the answers are not.
    _open(page, how_scripts)
    _button(page, "Predict").click()
    expect(page.get_by_text("Done without help: w5 (1 of 8).")).to_be_visible()
    expect(_blank(page, "d E by d out o1")).to_have_value("")
    _button(page, "Forget").click()
    expect(page.get_by_text("Fill in the blanks")).to_be_visible()
    assert page.evaluate("localStorage.getItem('how_backprop')") == "[]"


def _open(page: Page, how_scripts: str) -> None:
    page.goto(f"{how_scripts}/terms.js")
    page.evaluate(MOUNTED, how_scripts)


def _check_linking(page: Page) -> None:
    """A factor in the formula lights itself in the list and in the picture; so does the word."""
    factor = "out-net-o1"
    page.locator(f".how-formula [data-term='{factor}']").hover()
    for part in (".how-bp-links", "svg"):
        expect(page.locator(f"{part} [data-term~='{factor}'].is-lit").first).to_be_visible()
    expect(page.locator("svg .is-lit[data-term~='w5']")).to_have_count(0)
    page.get_by_role("button", name="weight", exact=True).hover()
    expect(page.locator("svg line.is-lit[data-term~='w5']")).not_to_have_count(0)
    page.get_by_role("button", name="factor", exact=True).hover()
    for key in ("E-out-o1", factor, "net-w5"):
        expect(page.locator(f".how-formula .is-lit[data-term='{key}']")).to_be_visible()


def _check_walking(page: Page) -> None:
    _button(page, "Forwards").click()
    expect(page.locator(".how-bp-now")).to_contain_text("Forwards, 1 of 11:")
    expect(page.locator(".how-bp-now")).to_contain_text("=0.3775")
    expect(page.locator("svg [data-term='out_h1']")).to_have_text("out ?")
    _button(page, "Forwards").click()
    expect(page.locator("svg [data-term='out_h1']")).to_have_text("out 0.59327")
    _button(page, "Backwards").click()  # what is missing forwards is computed at once
    expect(page.locator("svg [data-term='E'].how-bp-value")).to_have_text("0.298371")
    expect(page.locator(".how-bp-links li:visible")).to_have_count(1)
    slider = page.get_by_role("slider", name="Step")
    slider.focus()
    slider.press("End")
    expect(page.locator(".how-bp-links li:visible")).to_have_count(5)
    # A first-layer weight: two ways of three factors, their sum, and four more.
    _weight(page).select_option("w1")
    expect(page.locator(".how-bp-links li:visible")).to_have_count(11)


def _check_numbers(page: Page) -> None:
    weight = page.get_by_role("textbox", name="Weight w5")
    weight.fill("abc")
    expect(page.get_by_role("alert")).to_have_text(
        "Weight w5 must be a number from −100 to 100, not “abc”."
    )
    expect(weight).to_have_attribute("aria-invalid", "true")
    expect(_error(page)).to_have_text("The error E: 0.298371")
    weight.fill("0,5")  # net of o1 is 0.0593... more
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.locator("svg [data-term='net_o1']")).to_have_text("net 1.16523")
    weight.press("Tab")
    expect(weight).to_have_value("0.5")
    weight.fill("")
    _button(page, "Reset").click()
    expect(weight).to_have_value("0.4")
    expect(page.get_by_role("alert")).to_be_empty()


def _check_updates(page: Page) -> None:
    _button(page, "Update").click()
    expect(_error(page)).to_have_text("The error E: 0.298371 → 0.291028 after 1 update")
    expect(page.get_by_role("textbox", name="Weight w5")).to_have_value("0.358916")
    expect(page.get_by_role("textbox", name="The bias of o1")).to_have_value("0.6")
    _button(page, "Reset").click()
    _button(page, "10,000 updates").click()
    expect(_error(page)).to_contain_text("0.0000351019 after 10,000 updates")
    _button(page, "Reset").click()
    page.get_by_label("Biases too").check()
    _weight(page).select_option("b_o1")
    _button(page, "Update").click()
    expect(page.get_by_role("textbox", name="The bias of o1")).to_have_value("0.530751")
    page.get_by_label("Biases too").uncheck()
    expect(_weight(page)).to_have_value("w5")
    _button(page, "Reset").click()


def _check_blanks(page: Page) -> None:
    _button(page, "Predict").click()
    expect(page.get_by_text("All weights")).to_be_hidden()  # it would tell
    first = _blank(page, "d E by d out o1")
    first.fill("-0.741")
    first.press("Enter")
    expect(page.get_by_text("The sign: it is out − target")).to_be_visible()
    first.fill("0.741")
    first.press("Enter")
    expect(page.locator("svg .how-bp-in-chip").first).to_have_text("0.7414")
    # The next blank has the focus, and so on to the end.
    for answer in ("0.187", "0.593", "0.0822"):
        page.keyboard.type(answer)
        page.keyboard.press("Enter")
    expect(page.get_by_text("Done without help:")).to_be_hidden()
    page.keyboard.type("0.359")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done without help: w5 (1 of 8).")).to_be_visible()
    # What is known of one weight is known for the next; what was shown doesn't count.
    page.locator("svg line[data-term~='w6']").first.dispatch_event("click")
    expect(page.locator(".how-bp-blank:visible")).to_have_count(3)
    for _ in range(3):
        page.get_by_role("button", name="Show").and_(page.locator(":visible")).first.click()
    expect(page.locator(".how-bp-blank:visible")).to_have_count(0)
    expect(page.get_by_text("Done without help: w5 (1 of 8).")).to_be_visible()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _blank(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def _error(page: Page) -> Locator:
    return page.locator(".how-bp-history")


def _weight(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Weight")
