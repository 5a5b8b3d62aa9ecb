"""When a training learned an image, forgot it and learned it again, in words."""

from collections.abc import Sequence

from nn.history.decision import Turns
from ui.runs.moments import at_moment

_MOST = 5
"""So many moments are named."""


def turns_words(found: Turns, names: Sequence[str], right: int, label: str) -> str:
    """As Markdown.

    Args:
        found: as places of moments.
        names: what the moments are called.
        right: at how many it was read right.
        label: what is right, as Markdown.
    """
    count = len(names)
    if found.first_right is None:
        return f"It was never read as **{label}** at any of the {count} moments that were kept."
    words = [f"First read as **{label}** {at_moment(names[found.first_right])}."]
    if found.forgotten:
        words.append(f"Forgotten at {_listed(found.forgotten, names)}.")
    if found.learned_again:
        words.append(f"Learned again at {_listed(found.learned_again, names)}.")
    if found.for_good is None:
        words.append("At the end it is wrong.")
    elif found.forgotten:
        words.append(f"From {names[found.for_good]} on it stayed right to the end.")
    else:
        words.append("It stayed right to the end.")
    words.append(f"Right at {right} of the {count} moments that were kept.")
    return " ".join(words)


def _listed(places: Sequence[int], names: Sequence[str]) -> str:
    named = [names[place] for place in places[:_MOST]]
    more = len(places) - len(named)
    rest = " and once more" if more == 1 else f" and {more} more times"
    return ", ".join(named) + (rest if more else "")
