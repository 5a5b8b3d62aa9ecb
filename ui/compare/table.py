"""A table of texts that a phone shows too: it scrolls sideways, and its first column stays."""

from collections.abc import Sequence
from html import escape

import streamlit as st

# The first column hides what scrolls below it, in both themes' background. Where there is more to
# the right, there is a shadow: the last column brings along what covers it.
_STYLE = """<style>
.compare-table { --page: light-dark(#FCFBF8, #14181D); overflow-x: auto; max-width: 100%;
  background:
    linear-gradient(to left, var(--page) 50%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to left, color-mix(in srgb, currentColor 40%, transparent), transparent)
      right / 1.25rem 100% no-repeat scroll; }
.compare-table:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.compare-table table { border-collapse: collapse; font-size: 0.9rem; margin: 0; }
.compare-table caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem; }
.compare-table :is(th, td) { padding: 0.4rem 0.75rem; text-align: left; vertical-align: top;
  border: 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  font-variant-numeric: tabular-nums; }
.compare-table :is(td, thead th) { min-width: 8rem; max-width: 18rem; overflow-wrap: anywhere; }
.compare-table :is(tbody th, thead > tr > :first-child) { position: sticky; left: 0; z-index: 1;
  min-width: 7rem; max-width: 11rem; font-weight: 400; background: var(--page); }
.compare-table tr.same td { opacity: 0.75; }
</style>"""


def table(
    title: str, head: Sequence[str], rows: Sequence[Sequence[str]], same: Sequence[bool] = ()
) -> None:
    """Draw a table of plain texts; the first cell of each row is its heading.

    Args:
        title: what stands above it, and what screen readers call it.
        head: the top row.
        rows: what stands below, each as long as `head`.
        same: of each row, whether it is to be paler; () for none.
    """
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = ""
    for place, (name, *cells) in enumerate(rows):
        kind = ' class="same"' if place < len(same) and same[place] else ""
        texts = "".join(f"<td>{escape(text)}</td>" for text in cells)
        body += f'<tr{kind}><th scope="row">{escape(name)}</th>{texts}</tr>'
    st.html(
        # With the keyboard it scrolls where it can have the focus.
        f'{_STYLE}<div class="compare-table" role="region" tabindex="0" '
        f'aria-label="{escape(title)}">'
        f"<table><caption>{escape(title)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
