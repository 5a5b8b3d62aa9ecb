"""Where the parts of the Train page stand: beside each other, or on a phone below each other."""

from collections.abc import Collection

import streamlit as st

# The settings are left of the run, which stays in sight however long they are. What changes while
# a run begins and ends has its height from the start, and the charts stand side by side where there
# is room: nothing jumps. On a phone that would leave gaps, and the order changes anyway.
_STYLE = """<style>
.st-key-run_top { min-height: 6rem; gap: 0.2rem 0.5rem; } /* two rows of buttons */
.st-key-run_name { margin-bottom: -0.5rem; }
.st-key-run_middle { min-height: 6.5rem; justify-content: center; gap: 0.5rem; } /* three lines */
.st-key-run_numbers { margin-top: -1rem; } /* what stands above seldom fills its room */
.st-key-run_spoken { position: absolute; width: 1px; }
.st-key-run_charts > div { min-width: min(20rem, 100%); }
.st-key-train_page {
  display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 7fr); column-gap: 3rem;
  grid-template-rows: auto 1fr;
}
.st-key-train_page > :has(> .st-key-train_run) {
  grid-column: 2; grid-row: 1 / span 2; position: sticky; top: 4.5rem; align-self: start;
}
.st-key-train_settings > :has(> .st-key-settings_outcome) {
  position: sticky; bottom: 0; z-index: 10; padding-block: 0.5rem;
  background: light-dark(#FCFBF8, #14181D);
  border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
/* What it lies over fades away: one sees that there is more to scroll to. */
.st-key-train_settings > :has(> .st-key-settings_outcome)::before {
  content: ""; position: absolute; inset: -1.25rem 0 100%; pointer-events: none;
  background: linear-gradient(transparent, light-dark(#FCFBF8, #14181D));
}
/* As high as it is with a caption of three lines and a button: the focus stops above it. */
.st-key-train_settings * { scroll-margin-bottom: 12rem; }
.st-key-settings_outcome * { scroll-margin-bottom: 0; }
/* Beside the heading, in two lines: with a run nothing moves down. */
.st-key-settings_heading { flex-wrap: nowrap; }
.st-key-settings_heading [data-testid="stCaptionContainer"] p { line-height: 1.3; margin: 0; }
.st-key-settings_outcome { gap: 0.5rem; }
div:has(> .st-key-way_to_settings) { display: none; }
@media (max-width: 800px) {
  .st-key-train_page { display: flex; }
  /* Presets, Start, how far it is; then the settings, or on top of a run the way to them. */
  .st-key-train_page > :has(> .st-key-train_run), .st-key-train_run,
  .st-key-train_run > :has(.st-key-run_top), .st-key-train_run > * > :has(> * > .st-key-run_top) {
    display: contents;
  }
  .st-key-train_run > *, .st-key-train_run > * > * > * { order: 3; }
  .st-key-train_page div:has(> :is(.st-key-run_top, .st-key-run_name, .st-key-run_middle)),
  .st-key-train_page > :has(> .st-key-train_presets) { order: 1; }
  .st-key-train_page > :has(> .st-key-train_settings) { order: SETTINGS; }
  div:has(> .st-key-way_to_settings) { display: block; }
  .st-key-way_to_settings a {
    display: inline-block; padding: 0.6rem 0.9rem; border-radius: 0.5rem; color: inherit;
    border: 1px solid color-mix(in srgb, currentColor 35%, transparent); text-decoration: none;
  }
}
@media (max-width: 640px) {
  .st-key-run_top, .st-key-run_middle { min-height: 0; }
  .st-key-run_top { row-gap: 0.7rem; }
  .st-key-run_numbers { display: grid; grid-template-columns: 1fr 1fr; margin-top: 0; }
}
</style>"""
_BEFORE_CHARTS, _AFTER_ALL = "2", "4"


def page_layout(has_run: bool) -> None:
    """Arrange the page's containers by their keys; call it once in each run of the page."""
    st.html(_STYLE.replace("SETTINGS", _AFTER_ALL if has_run else _BEFORE_CHARTS))


def mark_refused(fields: Collection[str]) -> None:
    """Mark the widgets of these settings as those that have to be changed."""
    labels = ", ".join(f'.st-key-{field} [data-testid="stWidgetLabel"] p' for field in fields)
    st.html(f"<style>:is({labels})::before {{ content: '⚠ '; }}</style>")
