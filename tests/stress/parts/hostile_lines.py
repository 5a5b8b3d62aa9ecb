"""Addresses and command lines that nobody meant."""

from tests.stress.fuzz.rows import rows_of
from tests.stress.part import Part

KINDS = ("URLs", "command lines")

PART = Part(lambda quick: rows_of(KINDS, quick), seconds=1200)
