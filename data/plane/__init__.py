"""Points in the plane for small networks: famous sets, typed formulas, and those of a CSV text."""

from data.plane.catalog import SETS as SETS
from data.plane.catalog import PlaneSet as PlaneSet
from data.plane.catalog import make_points as make_points
from data.plane.csv_text import read_points as read_points
from data.plane.formula import Formula as Formula
from data.plane.points import REACH as REACH
from data.plane.points import Points as Points
from data.plane.points import split as split
