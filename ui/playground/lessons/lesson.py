"""What a lesson is, and how a file or a link becomes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.playground.lessons.goal import Goal
from ui.playground.setup import Setup
from ui.playground.setup_address import NAMES, read

MOST_STEPS = 12
MOST_TITLE, MOST_TEXT = 80, 1500
"""Characters."""


@dataclass(frozen=True)
class Step:
    """One step.

    text: what is to be seen and done, in paragraphs.
    goal: when the page leads on by itself; None where there is nothing to reach.
    setup: parameters of the address, see `setup_address`; those that aren't here stay as in the
        step before.
    """

    text: str
    goal: Goal | None
    setup: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lesson:
    """A few steps."""

    title: str
    steps: tuple[Step, ...]

    @classmethod
    def from_dict(cls, given: Any) -> "Lesson":
        """A lesson as JSON or TOML has it; ValueError that names what is wrong and where."""
        title = _text(_mapping("lesson", given, {"title", "steps"}), "title", MOST_TITLE)
        steps = given.get("steps")
        if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
            raise ValueError(f"steps must be a list of 1 to {MOST_STEPS} steps")
        made = []
        for number, step in enumerate(steps, 1):
            try:
                made.append(_step(step))
            except ValueError as error:
                raise ValueError(f"step {number}: {error}") from None
        lesson = cls(title, tuple(made))
        for number in range(len(made)):
            lesson.setup(number)
        return lesson

    def as_dict(self) -> dict[str, Any]:
        """What `from_dict` takes."""
        return {
            "title": self.title,
            "steps": [
                {"text": step.text, "setup": dict(step.setup)}
                | ({"goal": step.goal.as_dict()} if step.goal else {})
                for step in self.steps
            ],
        }

    def setup(self, number: int) -> Setup:
        """The set-up that step `number` (0, 1, ...) begins with; ValueError if it is none."""
        texts: dict[str, str] = {}
        for step in self.steps[: number + 1]:
            texts |= dict(step.setup)
        setup, notices = read(texts.get)
        if notices:
            raise ValueError(f"step {number + 1}: {notices[0]}")
        return setup


def _step(given: Any) -> Step:
    given = _mapping("a step", given, {"text", "goal", "setup"})
    texts = _mapping("setup", given.get("setup", {}), set(NAMES))
    setup = {}
    for name, value in texts.items():
        if not isinstance(value, str | int | float) or len(str(value)) > 20_000:
            raise ValueError(f"setup: {name} must be a text or a number")
        setup[name] = str(int(value)) if isinstance(value, bool) else str(value)
    goal = given.get("goal")
    return Step(
        _text(given, "text", MOST_TEXT),
        None if goal is None else Goal.from_dict(_mapping("goal", goal)),
        tuple(setup.items()),
    )


def _mapping(name: str, given: Any, allowed: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise ValueError(f"{name} must be an object with names")
    unknown = [] if allowed is None else sorted(set(given) - allowed)
    if unknown:
        raise ValueError(f"{name} has an unknown field {unknown[0][:40]!r}")
    return given


def _text(given: Mapping[str, Any], name: str, most: int) -> str:
    text = given.get(name)
    if not isinstance(text, str) or not 1 <= len(text.strip()) <= most:
        raise ValueError(f"{name} must be a text of 1 to {most:,} characters")
    return text.strip()
