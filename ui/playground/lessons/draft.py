"""A lesson that is being made."""

from dataclasses import dataclass, field, replace
from typing import Any

from ui.playground.lessons.goal import Goal
from ui.playground.lessons.lesson import MOST_STEPS, Lesson
from ui.playground.setup import Setup
from ui.playground.setup_address import written


@dataclass
class DraftStep:
    """One step, finished or not.

    goal: fields of `Goal`; empty for none.
    setup: what it begins with.
    """

    text: str = ""
    goal: dict[str, Any] = field(default_factory=dict)
    setup: Setup = field(default_factory=Setup)


@dataclass
class Draft:
    """A lesson, finished or not."""

    title: str = ""
    steps: list[DraftStep] = field(default_factory=lambda: [DraftStep()])

    @classmethod
    def of(cls, lesson: Lesson) -> "Draft":
        """A lesson that is there, to be changed."""
        return cls(
            lesson.title,
            [
                DraftStep(step.text, step.goal.as_dict() if step.goal else {}, lesson.setup(number))
                for number, step in enumerate(lesson.steps)
            ],
        )

    def add(self, after: int) -> None:
        """A new step that begins as the one before."""
        if len(self.steps) < MOST_STEPS:
            self.steps.insert(after + 1, DraftStep(setup=self.steps[after].setup))

    def remove(self, number: int) -> None:
        """Without this step; one is always there."""
        if len(self.steps) > 1:
            del self.steps[number]

    def lesson(self) -> Lesson:
        """The lesson; ValueError that names what is still missing or wrong."""
        steps, base = [], Setup()
        for step in self.steps:
            setup = plain(step.setup)
            texts = {name: text for name, text in written(setup, base).items() if text is not None}
            steps.append({"text": step.text, "setup": texts})
            if step.goal:
                steps[-1]["goal"] = Goal.from_dict(step.goal).as_dict()
            base = setup
        return Lesson.from_dict({"title": self.title, "steps": steps})


def plain(setup: Setup) -> Setup:
    """The set-up as one of no lesson."""
    return replace(setup, lesson="", step=0)
