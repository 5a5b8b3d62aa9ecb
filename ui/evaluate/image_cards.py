"""Images of a dataset, each with what a model thinks of it, as a grid that fits any screen."""

from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

import numpy as np
import streamlit as st

from ui.evaluate.evaluation import Evaluation, images_of
from ui.figures.digits import digit_png
from ui.figures.png import png_url
from ui.shared import theme
from ui.shared.percent import probability_percent

CARDS_PER_PAGE = 12  # full rows with 2, 3, 4 and 6 cards, the most that stand in one
SHOWN_CLASSES = 3
_LEAST_SHOWN = 0.0005

# Colours come from the page's own text colour, so that the cards follow the light and dark theme.
_STYLE = f"""<style>
.cards {{ display: grid; gap: 0.75rem;
  grid-template-columns: repeat(auto-fill, minmax(max(7rem, (100% - 3.75rem) / 6), 1fr)); }}
.cards .card {{ padding: 0.5rem; border-radius: 0.5rem; font-size: 0.8rem; min-width: 0;
  border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }}
.cards img {{ width: 84px; height: 84px; display: block; margin: 0.25rem auto 0.4rem;
  image-rendering: pixelated; border-radius: 0.25rem; }}
.cards a {{ display: block; width: fit-content; margin: 0 auto; border-radius: 0.25rem; }}
.cards a:is(:hover, :focus-visible) {{ outline: 2px solid currentColor; }}
.cards .line {{ display: flex; justify-content: space-between; gap: 0.4rem; line-height: 1.3; }}
.cards .line span {{ overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }}
.cards .line span:last-child {{ flex: none; font-variant-numeric: tabular-nums; }}
.cards .head {{ font-weight: 600; }}
.cards .head span:last-child {{ font-weight: 400; opacity: 0.7; }}
.cards .true span:first-child {{ font-weight: 700; }}
.cards .bar {{ height: 4px; border-radius: 2px; margin-bottom: 0.2rem;
  background: color-mix(in srgb, currentColor 12%, transparent); }}
.cards .bar i {{ display: block; height: 100%; border-radius: 2px;
  background: {theme.PALETTE[1]}; }}
.cards .true + .bar i {{ background: {theme.PALETTE[0]}; }}
</style>"""


def image_cards(
    evaluation: Evaluation, indices: np.ndarray, key: str, *, inside: str | None = None
) -> None:
    """A grid of these images, some at a time, each with its most probable classes.

    Args:
        evaluation: where the images and their probabilities come from.
        indices: which images, in the order of showing.
        key: name of this list; the page one has turned to is kept under it.
        inside: the model that is shown on the page Inside with the image that is pressed, where
            these are the images there; None for no such links.

    Raises:
        data.DatasetNotFound: the images are not on this computer.
    """

    def cards(shown: np.ndarray) -> list[str]:
        images = images_of(evaluation, shown)
        return [
            _card(evaluation, index, image, inside)
            for index, image in zip(shown, images, strict=True)
        ]

    card_grid(indices, cards, key)


def card_grid(indices: np.ndarray, cards: Callable[[np.ndarray], list[str]], key: str) -> None:
    """A grid of cards, some at a time.

    Args:
        indices: which images, in the order of showing.
        cards: gives the card of each of some of them, an element of the class "card" in HTML.
        key: name of this list; the page one has turned to is kept under it.
    """
    if len(indices) == 0:
        return
    pages = -(-len(indices) // CARDS_PER_PAGE)
    # The widget stands below its images, its value is needed above.
    page = min(st.session_state.get(key, 1), pages)
    shown = indices[(page - 1) * CARDS_PER_PAGE : page * CARDS_PER_PAGE]
    st.html(f'{_STYLE}<div class="cards" role="list">{"".join(cards(shown))}</div>')
    if pages > 1:
        st.pagination(pages, key=key)


def picture(image: np.ndarray, said: str, link: str | None) -> str:
    """An image of a card in HTML, (28, 28) uint8; `said` is what it shows, in HTML. With a `link`,
    as of `inside_link`, it leads there when it is pressed."""
    shown = f'<img src="{png_url(digit_png(image, enlarged=1))}" alt="{said}">'
    if link is None:
        return shown
    title = "Look inside: this image, this network, in another tab"
    return f'<a href="{link}" target="_blank" title="{title}">{shown}</a>'


def inside_link(model: str, index: int) -> str:
    """The address of the page Inside with a test image, in HTML: from a page beside it, wherever
    the app stands. It is for a tab of its own, since a link in plain HTML begins a new visit, and
    this one has its choices."""
    return escape(f"inside?{urlencode({'model': model, 'image': int(index)})}")


def _card(evaluation: Evaluation, index: int, image: np.ndarray, inside: str | None) -> str:
    labels = [escape(label) for label in evaluation.labels]
    probabilities = evaluation.probabilities[index]
    shares = [escape(probability_percent(p)) for p in probabilities]
    true, predicted = int(evaluation.true[index]), int(evaluation.predicted[index])
    heading = f"{labels[true]} ✓" if true == predicted else f"{labels[true]} → {labels[predicted]}"
    in_order = np.argsort(-probabilities, kind="stable").tolist()
    # Those that would round to nothing are not among the most probable.
    classes = [k for k in in_order[:SHOWN_CLASSES] if probabilities[k] >= _LEAST_SHOWN]
    if true not in classes:
        classes = [*classes[: SHOWN_CLASSES - 1], true]
    rows = "".join(
        f'<div class="line{" true" if k == true else ""}"><span>{labels[k]}</span>'
        f"<span>{shares[k]}</span></div>"
        f'<div class="bar"><i style="width:{100 * probabilities[k]:.1f}%"></i></div>'
        for k in classes
    )
    said = f"Image {index:,}: true {labels[true]}, called {labels[predicted]}"
    everything = ", ".join(f"{labels[k]} {shares[k]}" for k in in_order)
    link = None if inside is None else inside_link(inside, index)
    return (
        f'<div class="card" role="listitem" title="{everything}">'
        f'<div class="line head"><span>{heading}</span><span>#{index:,}</span></div>'
        f"{picture(image, said, link)}{rows}</div>"
    )
