"""The command `python -m benchmarks.speed`."""

import json

import pytest
from click.testing import CliRunner

pytest.importorskip("plotly")

from benchmarks import speed
from benchmarks.sections import Section


@pytest.fixture
def seen(tmp_path, monkeypatch) -> list:
    """The settings that the one section gets, whose results go below `tmp_path`."""
    settings = []

    def section(given):
        settings.append(given)
        return Section("A title", "| a table |", {"figure": 1.5})

    monkeypatch.setattr(speed, "RESULTS", tmp_path)
    monkeypatch.setattr(speed, "SECTIONS", {"training": section})
    return settings


def test_tables_and_raw_figures(seen, tmp_path):
    result = CliRunner().invoke(speed.speed, ["--rounds", "7"], catch_exceptions=False)
    assert "Measured on " in result.stdout
    assert "## A title\n\n| a table |" in result.stdout
    written = json.loads((tmp_path / "training.json").read_text(encoding="utf-8"))
    assert written["figure"] == 1.5
    assert {"processor", "cores", "blas_core", "versions", "date"} <= set(written["machine"])
    assert [settings.rounds for settings in seen] == [7]
    assert not seen[0].folder.exists()


def test_quick_keeps_its_figures_apart(seen, tmp_path):
    CliRunner().invoke(speed.speed, ["--quick"], catch_exceptions=False)
    assert seen[0].quick
    assert seen[0].rounds == 1
    assert [path.name for path in tmp_path.iterdir()] == ["quick"]


def test_unknown_section_is_refused():
    result = CliRunner().invoke(speed.speed, ["--only", "everything"])
    assert result.exit_code == 2
    for name in speed.SECTIONS:
        assert f"'{name}'" in result.stderr
