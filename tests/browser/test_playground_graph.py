"""Parts of the Playground's picture without the app: where the graph puts its nodes, what the
legend says, what painted points become."""

from itertools import product
from typing import Any

from playwright.sync_api import Page

LAY_OUT = """async ([address, widths, room, height, isCoarse]) => {
  const { graphLayout } = await import(address + "/graph_layout.js");
  const inputs = ["x1", "x2", "x1_squared", "sin_x1"].slice(0, widths[0]);
  return graphLayout({ inputs, widths }, room, height, isCoarse);
}"""


def test_nodes_have_room_in_every_graph(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    graphs = ([1, 1], [2, 4, 2, 1], [4, 16, 16, 16, 16, 16, 16, 6])
    for widths, room, is_coarse in product(graphs, (300, 360, 450, 560, 900), (False, True)):
        layout = page.evaluate(LAY_OUT, [scripts, widths, room, 800, is_coarse])
        nodes = [node for layer in layout["nodes"] for node in layer]
        apart = 44 if is_coarse else 24
        assert len([node for node in nodes if node["neuron"] >= 0]) == sum(widths)
        for node in nodes:
            assert node["size"] >= (44 if is_coarse else 20)
            assert 0 <= node["x"] <= layout["width"] - node["size"]
            assert 0 <= node["y"] <= layout["height"] - node["size"]
        assert all(distance(a, b) >= apart for a in nodes for b in nodes if a is not b)
        # Only what needs more room is scrolled, and that below each other.
        assert layout["width"] <= room or (layout["isDown"] and max(widths) == 16)


def test_nodes_are_smaller_where_the_window_is_low(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    for height, most in product((100, 330, 420), (4, 8, 16)):
        layout = page.evaluate(LAY_OUT, [scripts, [2, most, 2, 1], 560, height, False])
        nodes = [node for layer in layout["nodes"] for node in layer]
        assert layout["height"] <= max(height, 352) + 18  # 16 neurons: no smaller than this
        assert all(node["size"] >= 18 for node in nodes)
        assert all(node["y"] + node["size"] <= layout["height"] for node in nodes)
        assert all(distance(a, b) >= 22 for a in nodes for b in nodes if a is not b)


def distance(a: dict[str, Any], b: dict[str, Any]) -> float:
    return max(abs(a["cx"] - b["cx"]), abs(a["cy"] - b["cy"]))


LEGEND = """async ([address, scale]) => {
  const { Colours } = await import(address + "/colours.js");
  const { signedLegend } = await import(address + "/legend.js");
  const box = document.createElement("div");
  box.innerHTML = signedLegend(new Colours(document.documentElement), scale);
  return [...box.querySelectorAll("span")].map((end) => end.textContent);
}"""


def test_legend_names_the_ends_of_the_colours(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    for scale, end in ((1, "1"), (0.5, "0.5"), (35.64, "35.6"), (10, "10"), (200, "200")):
        assert page.evaluate(LEGEND, [scripts, scale]) == [f"−{end}", f"+{end}"]


PAINT = """async (address) => {
  const { connect, store } = await import(address + "/store.js");
  const painting = await import(address + "/painting.js");
  const painted = await import(address + "/painted.js");
  Object.assign(window, { store, ...painting, ...painted, asked: [] });
  connect({ ask: (kind, details) => asked.push(details) });
  store.arms = [{ shape: { classes: 2 } }];
  window.surface = { plane: { reach: 6 } };
  // The server's answer: the points that it was told, in another order, for training and for tests.
  window.fromServer = (points) => {
    const old = store.points;
    store.points = points;
    settle(old);
  };
  window.answer = ({ x, targets }) => {
    const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const floats = (text) => new Float32Array(bytes(text).buffer);
    const [places, values] = [floats(x), floats(targets)];
    const order = [...values.keys()].reverse();
    return {
      x: Float32Array.from(order.flatMap((i) => [places[2 * i] + 0.001, places[2 * i + 1]])),
      targets: Float32Array.from(order, (i) => values[i]),
      trainCount: Math.ceil(order.length / 2),
    };
  };
  window.dab = (...places) => {
    const stroke = strokeFor(surface);
    for (const place of places) stroke.move(place);
    stroke.end();
  };
  fromServer({ x: Float32Array.of(1, 1, 2, 2), targets: Float32Array.of(1, -1), trainCount: 1 });
  set({ tool: "brush", brush: BRUSHES[0] });
}"""


def test_points_beyond_the_plane_are_told_as_they_are_kept(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(PAINT, scripts)
    far = (
        "{ x: Float32Array.of(7, -9, 0, 6.5), targets: Float32Array.of(1.4, -0.5), trainCount: 1 }"
    )
    page.evaluate(f"store.arms[0].shape.classes = 0; fromServer({far})")
    page.evaluate("dab([1, 1])")
    places, values = page.evaluate("[[...store.points.x], [...store.points.targets]]")
    assert places == [1, 1, 6, -6, 0, 6]
    assert values == [1, 1, -0.5]
    page.evaluate("fromServer(answer(asked[0]))")
    assert page.evaluate("canUndo()")


def test_late_answers_take_nothing_away_that_was_painted(page: Page, scripts: str) -> None:
    page.goto(f"{scripts}/store.js")
    page.evaluate(PAINT, scripts)
    page.evaluate("dab([0, 0])")
    page.evaluate("dab([-3, 0], [-3, 1])")  # a gap of 1 is filled: four steps of a quarter
    assert page.evaluate("store.points.targets.length") == 8
    page.evaluate("fromServer(answer(asked[0]))")
    assert page.evaluate("store.points.targets.length") == 8  # the second stroke is not lost
    page.evaluate("fromServer(answer(asked[1]))")
    assert page.evaluate("[store.points.targets.length, store.points.trainCount]") == [8, 4]

    page.evaluate("undo()")
    page.evaluate("fromServer(answer(asked[2]))")
    assert page.evaluate("[store.points.targets.length, canUndo()]") == [3, True]
    other = "{ x: new Float32Array(6), targets: Float32Array.of(1, 1, -1), trainCount: 2 }"
    page.evaluate(f"fromServer({other})")  # other data were chosen
    assert page.evaluate("[store.points.targets.length, canUndo()]") == [3, False]

    page.evaluate("set({ tool: 'eraser', brush: BRUSHES[2] })")
    page.evaluate("dab([0, 0])")  # two points must stay
    assert page.evaluate("[store.points.targets.length, asked.length]") == [3, 3]
    assert "2 points" in page.evaluate("painting.message")
