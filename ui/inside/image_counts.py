"""How many images a view is of: what its box offers."""

from collections.abc import Iterable

from ui.inside import parameters


def image_counts(name: str, counts: Iterable[int], there: int) -> dict[str, str]:
    """The options of an `address_box`: those of the counts of which there are more images, and all
    where that is one of them.

    Args:
        name: of the parameter. A link may ask for more than there are, and gets all.
        counts: in rising order.
        there: so many images there are, at least one.
    """
    counts = list(counts)
    options = {str(count): f"{count:,}" for count in counts if count < there}
    enough = [str(count) for count in counts if count >= there]
    if enough:
        asked = parameters.get(name)
        options[asked if asked in enough else enough[0]] = f"{there:,} (all)"
    return options
