"""The moment of a training that is looked at: the one in the address, moved by a slider."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.components.moment_slider import moment_slider
from ui.shared import address
from ui.shared.url_text import quote
from ui.shared.whole_number import whole_number


def chosen_moment(
    label: str,
    steps: Sequence[int],
    names: Sequence[str],
    *,
    parameter: str,
    key: str,
    help: str,
    notices: Any,
) -> int:
    """Draw the slider; returns the place of the moment among the names, the last one where the
    address asks for none.

    Args:
        label: what stands before the name of the moment.
        steps: of the moments, at least one.
        names: theirs, and perhaps one more of what comes after all of them.
        parameter: its name in the address, where the step stands.
        key, help: see `moment_slider`.
        notices: where to say that a link asks for what is no moment; a container, or `st`.
    """
    last = len(names) - 1
    asked = address.get(parameter)
    step = whole_number(asked)
    if asked is not None and step is None:
        notices.warning(
            f"The link asks for **{parameter}** {quote(asked)}: it must be a number of steps.",
            icon=":material/link_off:",
        )
    # What was kept is thinned while it grows, and each kind has moments of its own: the nearest.
    index = last if step is None else int(np.abs(np.array(steps) - step).argmin())
    # The address keeps what was asked for, or a look at another kind would move the moment.
    names = list(names)
    if step is not None and step != steps[index]:
        names[index] += f" (the nearest kept to step {step:,})"

    def value(to: int) -> dict[str, str | None]:
        return {parameter: str(steps[to]) if to < last else None}

    moment_slider(
        label,
        names,
        index,
        key=key,
        on_move=lambda to: address.hold(value(to)),
        on_choose=lambda to: address.put(value(to)),
        help=help,
    )
    return index
