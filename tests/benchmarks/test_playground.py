"""The table of what the page Playground gives a visitor."""

import json
from contextlib import contextmanager

from benchmarks.competition import Settings
from benchmarks.playground import NETWORKS, Answers, Playing
from benchmarks.playground_players import Together
from benchmarks.sections import playground as section


class Measured:
    """What a browser would have measured."""

    def opening(self):
        return 0.8

    def playing(self, network, speed, seconds):
        return Playing(network, speed, 29.97, 59.9, 0.081, 0.33, 16.2)

    def answers(self, network, times, frames):
        return Answers(network, [0.016] * (times - 1) + [0.5], [0.061] * times, change=0.0085)


def test_the_tables_say_what_was_measured(monkeypatch, tmp_path):
    @contextmanager
    def measured(folder):
        assert folder == tmp_path
        yield Measured()

    ten = Together([12.5, 11.0, 30.0], [44.0, 41.0, 43.0], server=0.9, again=0)
    monkeypatch.setattr(section, "playground", measured)
    monkeypatch.setattr(section, "ten_players", lambda folder, seconds: ten)
    made = section.playground_section(Settings(rounds=3, cores=2, folder=tmp_path))
    lines = made.text.splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    assert ["4-2, Normal", "30.0", "59.9", "8%", "33%", "16.2"] in cells
    for network in NETWORKS:
        assert [network, "16.0", "61.0", "8.50"] in cells
    assert "0.800 s after a click in the menu" in made.text
    assert ["frames/s", "11.0", "12.5"] in cells
    assert ["epochs/s", "41.0", "43.0"] in cells
    assert "The server takes 90% of a core for all" in made.text
    assert json.dumps(made.raw)
