"""Which step a link opens the page at: `?step=3`."""

from streamlit.delta_generator import DeltaGenerator

from ui.how.steps import STEPS, Step
from ui.shared.link_notice import asked_number

PARAMETER = "step"


def opened_step(notices: DeltaGenerator) -> Step | None:
    """The step that the address asks for; None where it asks for none."""
    number = asked_number(PARAMETER, 1, len(STEPS), notices)
    return None if number is None else STEPS[number - 1]
