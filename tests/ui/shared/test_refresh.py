"""Parts that renew themselves do so the seldomer the more of them there are."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui.shared import refresh
from ui.shared.refresh import RUNS_A_SECOND, Watchers


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(("usual", "count"), [(0.4, 3), (0.4, 50), (2.0, 10), (2.0, 200)])
def test_all_together_ask_the_server_only_so_often(usual, count):
    watchers = Watchers(Clock())
    for _ in range(2):  # once as they come, and once when all are there
        factors = [watchers.slower(str(one), usual) for one in range(count)]
    assert sum(1 / (usual * factor) for factor in factors) <= RUNS_A_SECOND
    assert max(factors) == 1 or sum(2 / (usual * one) for one in factors) > RUNS_A_SECOND


def test_it_becomes_faster_when_others_leave_and_does_not_go_to_and_fro():
    clock = Clock()
    watchers = Watchers(clock)
    for one in range(20):
        watchers.slower(str(one), 0.4)
    assert watchers.slower("0", 0.4) > 1
    clock.now = 100.0
    assert watchers.slower("0", 0.4) == 1
    # As many as are just too many for the usual pace: one of them comes and goes.
    enough = int(RUNS_A_SECOND * 0.4)
    for one in range(enough + 1):
        watchers.slower(str(one), 0.4)
    assert watchers.slower("0", 0.4) == 2
    watchers._by_key.pop(str(enough))
    assert watchers.slower("0", 0.4) == 2


def test_where_the_pace_changes_the_page_sets_its_timer_anew(monkeypatch):
    seconds = []
    plain = st.fragment

    def fragment(function=None, *, run_every=None):
        seconds.append(run_every)
        return plain(function, run_every=run_every)

    monkeypatch.setattr(st, "fragment", fragment)
    monkeypatch.setattr(refresh, "watchers", lambda: watchers)
    watchers = Watchers()

    def page():
        import streamlit as st

        from ui.shared.refresh import refreshing

        refreshing(lambda word: st.text(word), 0.4, "drawn")

    app = AppTest.from_function(page).run()
    assert app.text[0].value == "drawn"
    assert seconds == [0.4]
    for one in range(30):
        watchers.slower(str(one), 0.4)
    app.run()
    assert seconds[-1] > 2
