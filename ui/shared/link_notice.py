"""What a page says to a link that asks for something that is not there."""

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from ui.shared import address
from ui.shared.url_text import quote


def notice_bad_value(key: str, allowed: Sequence[str], notices: DeltaGenerator) -> bool:
    """Say so where the URL holds another value than these; call it before the widget, which falls
    back.

    Args:
        key: name of the parameter.
        allowed: its values.
        notices: the container for the notice.

    Returns whether it is one of these, or there is none.
    """
    asked = address.get(key)
    if asked is None or asked in allowed:
        return True
    notices.warning(
        f"The link asks for {key} {quote(asked)}, which is not here. "
        f"Allowed: {', '.join(allowed)}.",
        icon=":material/link_off:",
    )
    return False
