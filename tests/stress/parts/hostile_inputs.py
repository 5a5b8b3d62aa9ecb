"""What visitors send that nobody meant: pictures, models and files of datasets."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("images", "models", "IDX files")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
