"""Signs in pictures of numbers: who sees no colour reads them, and no others are there."""

import json

# What differs from the plain picture: in the middle of a cell, and above its middle.
SIGNS = """async ([address, side, width, values]) => {
  const { Arrangement } = await import(address + "/arrangement.js");
  const { paintSigns, paintTiles } = await import(address + "/tiles.js");
  const lie = new Arrangement(1, { side });
  const draw = (signs) => {
    const canvas = document.createElement("canvas");
    document.body.append(canvas);
    Object.assign(canvas, { width, height: width });
    canvas.style.width = `${width}px`;
    paintTiles(canvas, values, lie, 1);
    if (signs) paintSigns(canvas, values, lie, 1);
    return canvas.getContext("2d").getImageData(0, 0, width, width).data;
  };
  const [plain, signed] = [draw(false), draw(true)];
  const differs = (x, y) => {
    const at = 4 * (Math.round(y) * width + Math.round(x));
    return [0, 1, 2].some((k) => plain[at + k] !== signed[at + k]);
  };
  const read = (x, y, room) =>
    !differs(x, y) ? " " : differs(x, y - room / 5) ? "+" : "−";
  return JSON.stringify({ read: Array.from({ length: 4 }, (_, k) => {
    const room = width / 2;
    return read(room * (k % 2) + room / 2, room * Math.floor(k / 2) + room / 2, room);
  }), count: Array.from({ length: width * width }, (_, k) => differs(k % width, k / width | 0))
    .filter(Boolean).length });
}"""


def signs(page, address: str, side: int, width: int, values: list[float], scheme="light") -> dict:
    page.goto(f"{address}/shared.css")
    page.evaluate("scheme => document.documentElement.style.colorScheme = scheme", scheme)
    return json.loads(page.evaluate(SIGNS, [address, side, width, values]))


def test_strong_values_bear_their_sign_and_no_others(page, address):
    for scheme in ("light", "dark"):
        found = signs(page, address, 2, 16, [1, -0.3, 0.1, 0], scheme)
        assert found["read"] == ["+", "−", " ", " "], scheme
    assert signs(page, address, 2, 16, [0.2, -0.2, 0, 0])["count"] == 0


def test_where_there_is_no_room_neighbours_share_the_sign_of_their_mean(page, address):
    # Cells of 4 pixels: four of them share one sign.
    values = [
        *(0.9, -0.9, -0.4, 0.3),
        *(0.9, 0.9, -0.9, -0.9),
        *(0.0, 0.0, 0.9, -0.9),
        *(0.5, 0.0, -0.9, 0.9),
    ]
    assert signs(page, address, 4, 16, values)["read"] == ["+", "−", " ", " "]
