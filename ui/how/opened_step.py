"""Which step a link opens the page at: `?step=3`."""

from streamlit.delta_generator import DeltaGenerator

from ui.how.steps import STEPS, Step
from ui.shared import address
from ui.shared.url_text import quote
from ui.shared.whole_number import whole_number

PARAMETER = "step"


def opened_step(notices: DeltaGenerator) -> Step | None:
    """The step that the address asks for; None where it asks for none."""
    text = address.get(PARAMETER)
    if text is None:
        return None
    number = whole_number(text)
    if number is not None and 1 <= number <= len(STEPS):
        return STEPS[number - 1]
    notices.warning(
        f"The link asks for step {quote(text)}: it must be a whole number from 1 to {len(STEPS)}.",
        icon=":material/link_off:",
    )
    return None
