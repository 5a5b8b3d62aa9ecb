"""A run's name: kept in its folder, short, in one line."""

import pytest

from nn import runs


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Deep and wide", "Deep and wide"),
        ("  two\n lines\t", "two lines"),
        ("x" * 100, "x" * runs.MAX_NAME),
        ("Zoë 数字 🎉", "Zoë 数字 🎉"),
        ("a\x00b\u202ec\u200b", "abc"),
        ("<b>*`$", "<b>*`$"),
        (" \n", ""),
    ],
)
def test_a_name_is_one_short_line(folder, given, kept):
    runs.write_config(folder, {})
    runs.write_name(folder, given)
    assert runs.Run(folder).name == kept


def test_a_run_is_named_anew_and_not_at_all(folder):
    runs.write_config(folder, {})
    run = runs.Run(folder)
    assert run.name == ""
    runs.write_name(folder, "first")
    runs.write_name(folder, "second")
    assert run.name == "second"
    runs.write_name(folder, "")
    assert run.name == ""
    runs.write_name(folder, "")


def test_what_is_no_text_is_no_name(folder):
    runs.write_config(folder, {})
    (folder / "name.txt").write_bytes(b"\xff\xfe" * 1000)
    assert runs.Run(folder).name == ""
    (folder / "name.txt").write_bytes(("é" * 1000).encode())
    assert runs.Run(folder).name == "é" * runs.MAX_NAME
