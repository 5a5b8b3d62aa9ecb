"""What is read in each frame stands where it hides nothing and is taken for no other frame's."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Quiet, serve
from ui.draw.drawing_board import TAGS

Rectangle = list[float]

STYLE = TAGS.parents[1] / "picture_part" / "picture_part.css"

# Lays frames, and says where they and their tags are seen.
LAY = """async ([address, width, height, frames, style]) => {
  const { layTags } = await import(address + "/tags.js");
  document.body.innerHTML = `<style>${style}</style>`;
  const place = document.createElement("div");
  place.className = "part-marks";
  Object.assign(place.style, {
    position: "relative", width: `${width}px`, height: `${height}px` });
  for (const [left, top, right, bottom, text] of frames) {
    const frame = document.createElement("div");
    frame.className = "part-mark";
    Object.assign(frame.style, { left: `${left}px`, top: `${top}px`,
      width: `${right - left}px`, height: `${bottom - top}px` });
    const tag = document.createElement("span");
    if (text) frame.append(Object.assign(tag, { textContent: text }));
    place.append(frame);
  }
  document.body.append(place);
  layTags(place);
  window.tagsOf = () => {
    const origin = place.getBoundingClientRect();
    return [...place.children].map((frame) => {
      const box = frame.querySelector("span")?.getBoundingClientRect();
      return box && [box.left - origin.left, box.top - origin.top,
        box.right - origin.left, box.bottom - origin.top];
    });
  };
  return tagsOf();
}"""


@pytest.fixture
def address() -> Iterator[str]:
    with serve(partial(Quiet, directory=str(TAGS.parent))) as address:
        yield address


def laid(page: Page, address: str, frames: list[list], size=(560, 300)) -> list[Rectangle]:
    style = STYLE.read_text(encoding="utf-8")
    page.goto(f"{address}/tags.js")
    tags: list[Rectangle] = page.evaluate(LAY, [address, *size, frames, style])
    return tags


def meet(one: Rectangle, other: Rectangle) -> bool:
    # Borders are two pixels wide.
    return (
        one[0] < other[2] - 2
        and other[0] < one[2] - 2
        and one[1] < other[3] - 2
        and other[1] < one[3] - 2
    )


def check_apart(frames: list[list], tags: list[Rectangle], size=(560, 300)) -> None:
    """No tag lies on another one, on the digit of another frame or beyond the picture, and each
    touches its own."""
    for place, tag in enumerate(tags):
        others = [frame for other, frame in enumerate(frames) if other != place]
        assert not any(meet(tag, frame[:4]) for frame in others)
        assert not any(meet(tag, other) for other in tags[:place])
        left, top, right, bottom = frames[place][:4]
        assert left - 2 <= tag[2]
        assert tag[0] <= right + 2
        assert top - 2 <= tag[3]
        assert tag[1] <= bottom + 2
        assert tag[0] >= 0
        assert tag[1] >= 0
        assert tag[2] <= size[0]
        assert tag[3] <= size[1]


def row(top: float, bottom: float, text: str, lefts=(26, 136, 206)) -> list[list]:
    return [
        [left, top, left + (28 if digit == "1" else 76), bottom, digit]
        for left, digit in zip(lefts, text, strict=True)
    ]


@pytest.mark.parametrize("between", [6, 14, 24, 36, 60])
def test_the_tags_of_two_rows_are_all_seen_and_not_mixed(page, address, between):
    frames = row(6, 118, "317") + row(118 + between, 230 + between, "071", (26, 136, 246))
    tags = laid(page, address, frames)
    check_apart(frames, tags)
    # Where tags of both rows stand between them, they do so one below the other.
    for upper in tags[:3]:
        for lower in tags[3:]:
            assert upper[3] <= lower[1] + 1 or lower[0] - upper[2] > 50 or upper[0] - lower[2] > 50


def test_a_digit_alone_has_its_tag_above_where_there_is_room(page, address):
    above, below, beside = (
        laid(page, address, [[50, top, 90, bottom, "7"]])[0]
        for top, bottom in ((100, 290), (10, 250), (10, 290))
    )
    assert above[3] <= 102
    assert below[1] >= 248
    assert beside[0] >= 88


def test_where_there_is_little_room_the_tags_are_small(page, address):
    def highest_tag(between):
        frames = [
            [left, top, left + 18, top + 20, "8"]
            for top in range(4, 300, 28)
            for left in range(4, 320, 18 + between)
        ]
        tags = laid(page, address, frames, (340, 340))
        check_apart(frames, tags, (340, 340))
        return max(tag[3] - tag[1] for tag in tags)

    assert highest_tag(16) < highest_tag(30)


def test_tags_find_other_places_when_the_picture_becomes_narrower(page, address):
    frames = [[250, 10, 300, 290, "7"]]
    assert laid(page, address, frames)[0][0] >= 298
    page.evaluate("document.querySelector('.part-marks').style.width = '310px'")
    page.wait_for_function("tagsOf()[0][2] <= 252")


def test_a_frame_without_a_tag_is_kept_free(page, address):
    frames = [[100, 100, 150, 200, "7"], [90, 60, 160, 95, ""]]
    tag, none = laid(page, address, frames)
    assert none is None
    assert not meet(tag, frames[1][:4])
