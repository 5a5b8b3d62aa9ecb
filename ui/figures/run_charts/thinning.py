"""A curve that grows, drawn with a number of points that doesn't."""

Point = tuple[float, float]

MAX_STRETCHES = 100
"""A curve is drawn with at most 2 * MAX_STRETCHES + 2 points."""


class ThinCurve:
    """The outline of a curve to which points are added one after the other.

    The points are cut into stretches of equally many, and of each stretch the lowest and the
    highest are kept (min/max decimation), besides the first and the last point of all: no peak is
    lost. The number in a stretch is a power of two. It is doubled when there are too many
    stretches, and two neighbours become one; so the points drawn stay where they are while others
    come, and some vanish now and then. Adding a point costs the same however many there are.
    """

    def __init__(self) -> None:
        self._length = 1
        self._count = 0
        self._first: Point | None = None
        self._last: Point | None = None
        self._stretches: list[tuple[Point, Point]] = []  # (lowest, highest)

    def add(self, x: float, y: float) -> None:
        """Add a point right of all others."""
        point = (x, y)
        if self._first is None:
            self._first = point
        self._last = point
        if self._count % self._length:
            self._stretches[-1] = _outline(*self._stretches[-1], point)
        else:
            self._stretches.append((point, point))
        self._count += 1
        if len(self._stretches) > MAX_STRETCHES:
            self._join_neighbours()

    def points(self) -> tuple[list[float], list[float]]:
        """x and y of the points to draw, from left to right."""
        if self._first is None or self._last is None:
            return [], []
        points = [self._first]
        for low, high in self._stretches:
            for point in (low, high) if low[0] < high[0] else (high, low):
                if point != points[-1]:
                    points.append(point)
        if points[-1] != self._last:
            points.append(self._last)
        return [x for x, _ in points], [y for _, y in points]

    def _join_neighbours(self) -> None:
        stretches = self._stretches
        self._stretches = [
            _outline(*(point for stretch in stretches[i : i + 2] for point in stretch))
            for i in range(0, len(stretches), 2)
        ]
        self._length *= 2


def _outline(*points: Point) -> tuple[Point, Point]:
    """The lowest and the highest of some points; the leftmost where several are."""
    return min(points, key=lambda point: point[1]), max(points, key=lambda point: point[1])
