"""Images with the answers of two models to each."""

from html import escape

import numpy as np
import streamlit as st

import data
from ui.compare.compared import Compared
from ui.compare.pair import Pair
from ui.compare.verdicts import Verdicts
from ui.evaluate.image_cards import card_grid, inside_link, picture
from ui.shared.percent import probability_percent

# A link that looks like the line it is.
_STYLE = """<style>
.cards a.answer { width: auto; margin: 0; color: inherit; text-decoration: none; }
.cards a.answer:hover { text-decoration: underline; }
</style>"""


def pair_cards(pair: Pair, compared: tuple[Compared, Compared], cell: str, key: str) -> None:
    """A grid of the images of one of the four cells, some at a time.

    Each answer leads to the page Inside with that model and the image.

    Args:
        pair: the answers.
        compared: whose they are.
        cell: one of `ui.compare.pair.CELLS`.
        key: name of this list; the page one has turned to is kept under it.

    Raises data.DatasetNotFound if the images are not on this computer.
    """
    dataset = compared[0].choice.dataset

    def cards(shown: np.ndarray) -> list[str]:
        images = data.load(dataset).test_images[shown]
        return [
            _card(pair, compared, index, image)
            for index, image in zip(shown.tolist(), images, strict=True)
        ]

    st.html(_STYLE)
    card_grid(pair.indices(cell), cards, key)


def _card(pair: Pair, compared: tuple[Compared, Compared], index: int, image: np.ndarray) -> str:
    true = escape(pair.first.labels[pair.first.true[index]])
    answers = zip(compared, (pair.first, pair.second), strict=True)
    rows = "".join(_answer(one, told, index) for one, told in answers)
    return (
        f'<div class="card" role="listitem">'
        f'<div class="line head"><span>{true}</span><span>#{index:,}</span></div>'
        f"{picture(image, f'Image {index:,}: true {true}', None)}{rows}</div>"
    )


def _answer(one: Compared, told: Verdicts, index: int) -> str:
    """What one of them says of an image, in HTML."""
    predicted = int(told.predicted[index])
    is_right = predicted == int(told.true[index])
    label, sure = (
        escape(told.labels[predicted]),
        escape(probability_percent(told.confidence[index])),
    )
    said = f"{one.letter}: {label} {'✓' if is_right else '✗'}"
    title = f"Look inside {escape(one.title)} with this image, in another tab"
    return (
        f'<a class="answer" href="{inside_link(one.choice.key, index)}" target="_blank" '
        f'title="{title}"><div class="line{" true" if is_right else ""}"><span>{said}</span>'
        f'<span>{sure}</span></div><div class="bar"><i style="width:'
        f'{100 * float(told.confidence[index]):.1f}%"></i></div></a>'
    )
