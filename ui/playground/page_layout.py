"""Where the parts of the Playground stand: beside each other, or on a phone below each other."""

import streamlit as st

_STYLE = """<style>
div:has(> .st-key-playground_notices):not(:has(.stAlert)) { position: absolute; }
/* The data at the left, the picture takes the rest. */
.st-key-playground_page {
  display: grid; grid-template-columns: 15.5rem minmax(0, 1fr); column-gap: 1.75rem;
  align-items: start;
}
.st-key-playground_training { gap: 0.5rem 0.9rem; }
.st-key-playground_training > :has(> .stSelectbox) { flex: 0 1 8.2rem; min-width: 6rem; }
.st-key-playground_training > :has(> .st-key-playground_l1, > .st-key-playground_l2),
.st-key-playground_training > :has(> .st-key-playground_batch) { flex-basis: 6.2rem; }
.st-key-playground_training > :has(> .stSlider) {
  flex: 1 1 11rem; max-width: 18rem; min-width: 9rem;
}
/* Small pictures of the data, as a grid. */
.st-key-playground_set [role="radiogroup"] {
  display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.25rem;
  width: 100%; max-width: none;
}
.st-key-playground_set [role="radio"] {
  display: flex; flex-direction: column; gap: 0; height: auto; min-height: 4.2rem;
  padding: 0.2rem 0.1rem; border-radius: 0.5rem; min-width: 0; margin: 0;
}
.st-key-playground_set [role="radio"]::before {
  content: ""; width: 2.5rem; height: 2.5rem; background: no-repeat center / contain;
  background-color: color-mix(in srgb, currentColor 5%, transparent); border-radius: 0.25rem;
}
.st-key-playground_set [role="radio"] p {
  font-size: 0.7rem; line-height: 1.15; white-space: normal;
}
.st-key-playground_own_points button, .st-key-playground_new_points button { width: 100%; }
@media (max-width: 900px) {
  .st-key-playground_page { grid-template-columns: minmax(0, 1fr); row-gap: 1rem; }
  .st-key-playground_set [role="radiogroup"] {
    grid-template-columns: none; grid-auto-flow: column; grid-auto-columns: 4.4rem;
    overflow-x: auto; padding-bottom: 0.4rem;
  }
  .st-key-playground_numbers {
    display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); column-gap: 1.25rem;
  }
}
</style>"""


def page_layout() -> None:
    """Set it; call it once in each run of the page."""
    st.html(_STYLE)
