"""Other files of runs that nobody meant: checkpoints and histories; and recipes."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("checkpoints", "histories", "recipes", "runs in archives")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
