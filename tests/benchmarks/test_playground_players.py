"""Players without a browser, at the app itself."""

import pytest

from benchmarks.app_server import server
from benchmarks.light_visitor import LightVisitor, NoAnswer
from benchmarks.playground_players import LightPlayer, play_together
from tests import own_loop


def test_players_see_what_the_page_shows(tmp_path):
    with server(tmp_path) as app:
        played = own_loop.run(play_together(app.url, 2, 0.5, 1.5, app.cpu_seconds))
    assert played.again == 0
    for frames, epochs in zip(played.frames, played.epochs, strict=True):
        assert 0 < frames <= 40  # a busy machine gives less than 30 and 60
        assert 0 < epochs <= 80
    assert 0 < played.server < 2


def test_a_question_without_an_answer_ends_it(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.playground_players.LOST_AFTER", 0.05)

    async def play(url):
        async with LightVisitor.visiting(url) as visitor:
            await visitor.open("playground")
            player = LightPlayer(visitor)

            async def nobody_hears(*asked):
                pass

            visitor.trigger = nobody_hears
            player._latency = 0.0
            await player.play(60)

    with server(tmp_path) as app, pytest.raises(NoAnswer, match=r"'more'.* was not answered"):
        own_loop.run(play(app.url))
