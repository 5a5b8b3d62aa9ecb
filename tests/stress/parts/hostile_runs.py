"""Files of runs that nobody meant: events, settings, checkpoints; and recipes."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("event files", "configurations", "checkpoints", "histories", "recipes")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
