"""What visitors send and operators type that nobody meant: pictures, addresses, command lines; and
models and files of datasets."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("images", "models", "IDX files", "URLs", "command lines")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
