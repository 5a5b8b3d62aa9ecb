"""What all pages look like beyond the theme of `.streamlit/config.toml`."""

import streamlit as st

_STYLE = """<style>
/* With the keyboard one must tell the link that has the focus from the page that is shown. */
[data-testid="stTopNavLink"]:focus-visible, [data-testid="stSidebarNavLink"]:focus-visible {
  outline: 2px solid currentColor; outline-offset: -2px;
}
/* What gets the focus comes out from under the bar at the top, which is 64 px high. */
[data-testid="stMain"] { scroll-padding-block: 5rem 1rem; }
/* What is taken out of the page, to be heard and not seen, scrolls with it: else it would lengthen
   what is around the page, and a scroll to the focus move that. */
[data-testid="stMainBlockContainer"] { position: relative; padding-bottom: 3rem; }
/* Streamlit's captions are too pale to read on both backgrounds: 4.1 : 1. */
[data-testid="stCaptionContainer"] { opacity: 0.8; }
/* And the keys that press a button, beside its name. */
[data-testid^="stBaseButton"]:enabled kbd { opacity: 0.8; }
/* The primary colour of the dark theme is a light one, on which white could not be read; and below
   the mouse Streamlit makes both colours paler. */
[data-testid="stBaseButton-primary"]:enabled {
  color: light-dark(#FCFBF8, #14181D);
  &:is(:hover, :active) { background-color: light-dark(#095B61, #62BAC2); }
}
[data-testid="stButtonGroup"] button[data-selected="true"]:hover p {
  color: light-dark(#095B61, #62BAC2);
}
/* A number that is too large or too small stays in its box and is not sent: without these words one
   would take it for what is used. Why a file was not taken Streamlit tells to the mouse alone. */
[data-testid="stNumberInput"]:has([aria-invalid="true"])::after,
[data-testid="stFileUploader"]:has([aria-invalid="true"])::after {
  content: "Not possible: the number before it is still used.";
  display: block; font-size: 0.875rem; line-height: 1.3; padding-top: 0.25rem;
  color: light-dark(#B3261E, #F2B8B5);
}
[data-testid="stFileUploader"]:has([aria-invalid="true"])::after {
  content: "A file with “!” was not taken: it is of another kind or too large.";
}
/* In a row of boxes Streamlit's choice between words is less tall than they are. */
:is(.st-key-run_filters, .st-key-compare_curves) [role="radiogroup"] button {
  min-height: 2.5rem;
}
/* What is pressed now would not be heard, see ui/components/history_entries/. */
[data-awaits-page] [data-testid="stMain"] * { cursor: progress !important; }
/* The link to itself that Streamlit puts beside each heading is for the mouse: with the keyboard it
   is one more stop on the way. */
[data-testid="stHeaderActionElements"] { visibility: hidden; }
:is(h1, h2, h3):hover [data-testid="stHeaderActionElements"] { visibility: visible; }
/* Where there is no room for the links at the top, an arrow alone opens them. */
[data-testid="stExpandSidebarButton"] { width: auto; padding-inline: 0.5rem; }
[data-testid="stExpandSidebarButton"]::after { content: "Pages"; margin-left: 0.25rem; }
</style>"""


def page_style() -> None:
    """Set it; call it once in each run, before the page."""
    st.html(_STYLE)
