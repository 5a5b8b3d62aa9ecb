"""Files of searches, and links to them and to comparisons, that nobody meant."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("searches", "journals of searches", "links to comparisons, searches and steps")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
