import logging

from ui.shared.tally import LINES_A_MINUTE, Tally, Trouble


def test_each_refusal_is_counted_and_logged(caplog):
    tally = Tally()
    for reason in ("the line is full", "it would take too long"):
        tally.note(Trouble.START, reason)
    tally.note(Trouble.UPLOAD, "too large")
    counts = tally.counts()
    assert list(counts) == [Trouble.UPLOAD, Trouble.START]
    assert counts[Trouble.START].times == 2
    assert counts[Trouble.START].reason == "it would take too long"
    assert caplog.messages[0] == ("A start of a training was refused: the line is full")
    assert all(record.levelno == logging.WARNING for record in caplog.records)


def test_a_flood_is_counted_and_fills_no_disk(caplog, monkeypatch):
    monkeypatch.setattr("ui.shared.tally.time.monotonic", lambda: 90.0)
    tally = Tally()
    for _ in range(10 * LINES_A_MINUTE):
        tally.note(Trouble.REQUEST, "an address, with status 403")
    tally.note(Trouble.PAGE, "ValueError")
    assert tally.counts()[Trouble.REQUEST].times == 10 * LINES_A_MINUTE
    assert len(caplog.records) == LINES_A_MINUTE + 2
    assert "A page failed" in caplog.text
