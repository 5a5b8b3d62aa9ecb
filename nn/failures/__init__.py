"""What goes wrong in trainings: set-ups that show it, each beside a healthy twin, and recordings.

A recording is the run of a small network on the digits that are built in, as `nn.runs` and
`nn.history` read it: its settings, its events, and some moments of its history; without its final
model. `python -m benchmarks.failures` makes them anew.
"""

from nn.failures.recordings import recording, recordings_folder
from nn.failures.setups import FAILURES, RECORDED, Failure

__all__ = ["FAILURES", "RECORDED", "Failure", "recording", "recordings_folder"]
