"""What the page Inside looks like beyond the others: the network and the image stay in sight."""

import streamlit as st

_STYLE = """<style>
.st-key-inside_weights { position: absolute; }
/* Over the page and not in it, which would jump. */
.st-key-inside_search {
  position: fixed; top: 4rem; left: 50%; transform: translateX(-50%); z-index: 30;
  width: min(24rem, 92vw); background: light-dark(#FCFBF8, #14181D);
}
div:has(> .st-key-inside_notices):not(:has(.stAlert)) { position: absolute; }
div:has(> .st-key-inside_image) {
  position: sticky; top: 3.75rem; z-index: 20; padding-block: 0.4rem;
  background: light-dark(#FCFBF8, #14181D);
  border-bottom: 1px solid light-dark(#D9D5CA, #39414A);
}
.st-key-inside_choice > :has(> .stSelectbox) { flex: 1 1 16rem; max-width: 30rem; }
.st-key-inside_choice > :has(> .st-key-inside_moment) { flex: 1 1 18rem; }
.st-key-inside_image > :first-child { flex: 1 1 20rem; }
/* Between two views too one can stay where one has scrolled to. */
.st-key-inside_views { min-height: 60vh; }
/* On a phone the image alone stays: what chooses another one would take half of the page. */
@media (max-width: 640px) {
  .st-key-inside_image, div:has(> .st-key-inside_image) { display: contents; }
  .st-key-inside_image > :is(:first-child, :last-child) { flex: none; }
  .st-key-inside_image > :first-child {
    position: sticky; top: 3.75rem; z-index: 20;
    background: light-dark(#FCFBF8, #14181D);
    border-bottom: 1px solid light-dark(#D9D5CA, #39414A);
  }
  .inside-pad canvas { width: 88px; height: 88px; }
  /* As high as its words: the name of a training takes two lines. */
  .st-key-inside_pad, .st-key-inside_pad div { height: auto !important; }
  .inside-pad-answer { font-size: 1.1rem; }
  .inside-pad { position: relative; padding-bottom: 0.25rem; }
  .inside-pad p.inside-pad-hint { min-height: 0; margin: 0; }
  .inside-pad button { position: absolute; right: 0; bottom: 0.25rem; }
  .inside-pad:has(button:not([hidden])) .inside-pad-words { padding-right: 5rem; }
  /* All views in a few rows. */
  .st-key-inside_view, .st-key-inside_view .stButtonGroup { width: 100%; }
  .st-key-inside_view [role="radiogroup"] {
    display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.3rem; width: 100%;
    max-width: none;
  }
  .st-key-inside_view [role="radio"] {
    width: 100%; min-height: 44px; margin: 0; padding-inline: 0.1rem; font-size: 0.875rem;
    border: 1px solid light-dark(#D9D5CA, #39414A) !important; border-radius: 0.3rem;
  }
  .st-key-inside_view [role="radio"][aria-checked="true"] { border-color: currentColor !important; }
}
/* A finger takes more room than Streamlit gives it. */
@media (pointer: coarse) {
  [data-testid="stMain"] :is(
    [data-testid^="stBaseButton"], [data-baseweb="select"] > div, [data-testid="stCheckbox"] label,
    [data-testid="stNumberInputContainer"], [data-testid="stExpander"] summary
  ) { min-height: 44px; }
}
</style>"""


def page_layout() -> None:
    """Set it; call it once in each run of the page."""
    st.html(_STYLE)
