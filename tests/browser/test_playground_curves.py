"""The axes of the Playground's curves: no name is written over a number or a line."""

import json

from playwright.sync_api import Page

SIZE = 12
"""Of the letters, in pixels."""

# What is written and drawn, before the first step: texts as [text, left, right, top, bottom], and
# upright lines as [x, top, bottom].
PAINTED = """async ([address, width]) => {
  const { layoutOf, paintCurves } = await import(address + "/curve_paint.js");
  const pen = document.createElement("canvas").getContext("2d");
  const texts = [], lines = [];
  let from = [0, 0];
  const up = { top: 0, middle: 0.5, bottom: 1 }, left = { left: 0, center: 0.5, right: 1 };
  pen.moveTo = (x, y) => (from = [x, y]);
  pen.lineTo = (x, y) => from[0] === x && lines.push([x, from[1], y]);
  pen.fillText = (text, x, y) => {
    const begin = x - left[pen.textAlign] * pen.measureText(text).width;
    const above = y - up[pen.textBaseline] * SIZE;
    texts.push([text, begin, begin + pen.measureText(text).width, above, above + SIZE]);
  };
  const history = { moments: [], branches: [] };
  const arms = [{ history, shape: { classes: 2 }, snapshot: { epoch: 0 } }];
  const colours = { text: "#000", border: "#888", grey: "#888", font: "Arial", arms: ["#00f"] };
  paintCurves(pen, layoutOf(arms, width, 230, false), arms, colours, width, 230);
  return JSON.stringify({ texts, lines });
}""".replace("SIZE", str(SIZE))


def test_the_names_of_the_axes_are_free_of_numbers_and_lines(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/curve_paint.js")
    painted = json.loads(page.evaluate(PAINTED, [scripts, 355]))
    texts = {text: box for text, *box in painted["texts"]}
    assert len(painted["lines"]) == 2  # the moment, in both charts
    for name in ("Loss", "Accuracy"):
        left, right, top, bottom = texts.pop(name)
        for text, (begin, end, above, below) in texts.items():
            if begin < right and left < end:
                assert below + 2 <= top or bottom + 2 <= above, (name, text)
        for x, above, below in painted["lines"]:
            assert not (left < x < right and above < bottom and top < below), name
