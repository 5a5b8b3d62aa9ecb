"""Events and settings of runs that nobody meant."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("event files", "configurations")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
