"""Where the parts of the Playground stand: beside each other, or on a phone below each other."""

import streamlit as st

_STYLE = """<style>
/* Room for the picture. */
[data-testid="stMainBlockContainer"] { padding-inline: clamp(1rem, 3vw, 2.5rem); }
/* Streamlit's colour for the names of what cannot be used is too pale to read. */
.st-key-playground_page [data-testid="stWidgetLabel"] p { color: light-dark(#22262B, #E9E7E1); }
[data-testid="stPopoverBody"] [data-testid="stWidgetLabel"],
[data-testid="stPopoverBody"] [data-testid="stWidgetLabel"] p { color: inherit; }
/* And that of chosen words in the dark theme. */
.stMultiSelect [data-tag] { background: transparent; border: 1px solid currentColor; }
.stMultiSelect [data-tag], .stMultiSelect [data-tag] * { color: inherit; }
.st-key-playground_head { justify-content: space-between; gap: 0.25rem 1.5rem; }
.st-key-playground_head > :has(> .stHeading), .st-key-playground_head > .stHeading { width: auto; }
.st-key-playground_ways { width: auto; gap: 0.5rem 0.75rem; }
.st-key-playground_intro p { font-size: 0.92rem; }
.st-key-playground_told { gap: 0.5rem 0.75rem; }
.st-key-playground_told > :has(> .stVerticalBlock) { flex: 1 1 16rem; width: auto; min-width: 0; }
.st-key-playground_told [data-testid="stAlertContainer"] {
  padding: 0.4rem 0.8rem; min-height: 0;
}
/* The data at the left, the picture takes the rest. */
.st-key-playground_page {
  display: grid; grid-template-columns: 15.5rem minmax(0, 1fr); column-gap: 1.75rem;
  align-items: start;
}
.st-key-playground_data { gap: 0.6rem; }
.st-key-playground_numbers { gap: 0.4rem; }
/* As high as its widgets will be, which come after the picture in a first visit. */
.st-key-playground_training { gap: 0.5rem 0.75rem; min-height: 4.5rem; }
.st-key-playground_training > :has(> .stSelectbox) { flex: 1 1 6.5rem; width: auto; min-width: 0; }
.st-key-playground_training > :is(
  .st-key-playground_l1, .st-key-playground_l2, .st-key-playground_batch
) { flex: 1 1 5rem; }
.st-key-playground_training > .st-key-playground_rate {
  flex: 2 1 10rem; width: auto; min-width: 0;
}
/* Small pictures of the data, as a grid. */
.st-key-playground_set [role="radiogroup"] {
  display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.25rem;
  width: 100%; max-width: none;
}
.st-key-playground_set [role="radio"] {
  display: flex; flex-direction: column; justify-content: flex-start; gap: 0.15rem;
  height: auto; min-height: 4.4rem; padding: 0.25rem 0.05rem 0.1rem; border-radius: 0.5rem;
  min-width: 0; margin: 0;
}
/* Streamlit takes away the border beside the chosen one, as if they were one bar. */
.st-key-playground_set [role="radio"][aria-checked="false"]:not(:hover, :focus-visible) {
  border-color: light-dark(#D9D5CA, #39414A) !important;
}
.st-key-playground_set [role="radio"]::before {
  content: ""; width: 2.5rem; height: 2.5rem; background: no-repeat center / contain;
  background-color: color-mix(in srgb, currentColor 5%, transparent); border-radius: 0.25rem;
}
.st-key-playground_set [role="radio"] p {
  font-size: 0.68rem; line-height: 1.15; white-space: normal; text-align: center;
}
.st-key-playground_points_buttons { gap: 0.5rem; }
.st-key-playground_points_buttons > * { flex: 1 1 auto; }
.st-key-playground_points_buttons button { width: 100%; }
/* A lesson stays small beside what it is about, and in sight where it leaves enough room. */
.st-key-playground_lesson { gap: 0.3rem; padding: 0.5rem 1rem; }
.st-key-playground_lesson h3 { font-size: 1.05rem; padding: 0; margin: 0; }
.st-key-playground_lesson .stHeading [data-testid="stMarkdownContainer"] { margin: 0; }
.st-key-playground_lesson p { font-size: 0.92rem; max-width: none; }
@media (min-width: 901px) and (min-height: 640px) {
  .st-key-playground_lesson {
    background: light-dark(#FCFBF8, #14181D); max-height: 38vh; overflow-y: auto;
  }
}
.st-key-playground_lesson_ways { gap: 0.5rem; }
.st-key-playground_lesson_ways > :has(> .st-key-playground_goal) { flex: 1 1 18rem; width: auto; }
.st-key-playground_goal [data-testid="stAlertContainer"] { padding: 0.3rem 0.8rem; min-height: 0; }
@media (max-width: 900px) {
  .st-key-playground_page { grid-template-columns: minmax(0, 1fr); row-gap: 1rem; }
  .st-key-playground_set [role="radiogroup"] {
    grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: 4.4rem;
    overflow-x: auto; padding-bottom: 0.4rem;
  }
  .st-key-playground_numbers {
    display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); column-gap: 1.25rem;
  }
}
@media (max-width: 640px) {
  /* First the data, then the picture: what trains it comes below, for the Tab key too (which
     flex-visual, that follows `order` by itself, reaches in some visits only). */
  .st-key-playground_work { reading-flow: source-order; }
  div:has(> .st-key-playground_training) { order: 1; reading-order: 1; }
  .st-key-playground_training {
    display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); align-items: end;
  }
  .st-key-playground_training > * { grid-column: span 3; }
  .st-key-playground_training > .st-key-playground_rate { grid-column: span 6; }
  .st-key-playground_training > :is(
    .st-key-playground_l1, .st-key-playground_l2, .st-key-playground_batch
  ) { grid-column: span 2; }
}
</style>"""
# If the style itself asked whether there is a lesson, by :has(...), the browser would work out the
# styles of other parts anew in each frame that is played.
_WITH_LESSON = """<style>
div:has(> .st-key-playground_intro) { display: none; }
@media (min-width: 901px) and (min-height: 640px) {
  div:has(> .st-key-playground_lesson_place) { position: sticky; top: 3.75rem; z-index: 5; }
}
</style>"""
_WITHOUT_LESSON = """<style>
div:has(> .st-key-playground_lesson_place) { position: absolute; }
</style>"""


def page_layout(has_lesson: bool) -> None:
    """Set it; call it once in each run of the page."""
    st.html(_STYLE + (_WITH_LESSON if has_lesson else _WITHOUT_LESSON))
