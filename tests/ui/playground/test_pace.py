"""How far one answer trains, and when a training stops by itself."""

from math import inf
from typing import NamedTuple

import pytest

from ui.playground.pace import epochs_per_second, piece
from ui.playground.stopping import STILL_EPOCHS, Stopping


class Moment(NamedTuple):
    epoch: float
    train_loss: float
    test_loss: float | None


def test_speeds():
    assert epochs_per_second("normal", 25) == 60
    assert epochs_per_second("full", 25) == inf
    assert epochs_per_second("slow", 25) == pytest.approx(10 / 25)
    assert epochs_per_second("slow", 2) == 3


def test_a_piece_takes_what_its_share_allows_and_at_least_a_batch():
    allowed = piece(inf, cost=1e-3, share=0.5, seconds=0.4, steps_per_epoch=25, frames=30)
    assert allowed.epochs == pytest.approx(200)
    assert allowed.frames == 12
    assert allowed.seconds == 0.4
    slower = piece(60, cost=0.02, share=0.1, seconds=0.4, steps_per_epoch=25, frames=30)
    assert slower.epochs == pytest.approx(2)
    assert slower.seconds == 0.4
    least = piece(60, cost=10, share=0.01, seconds=0.1, steps_per_epoch=25, frames=30)
    assert least.epochs == 1 / 25
    assert least.frames == 1


@pytest.mark.parametrize("per_epoch", [1, 2, 7, 25, 1800])
@pytest.mark.parametrize("frames", [20, 30])
def test_what_is_slow_is_played_as_slowly_in_the_long_run(per_epoch, frames):
    pace = epochs_per_second("slow", per_epoch)
    one = piece(pace, cost=1e-3, share=0.5, seconds=0.4, steps_per_epoch=per_epoch, frames=frames)
    assert one.epochs / one.seconds == pytest.approx(pace)
    assert one.frames == pytest.approx(one.epochs * per_epoch)  # each batch is seen


def test_a_loss_is_stopped_at_when_it_is_reached_and_not_after():
    stopping = Stopping(0.1, still=False)
    losses = [0.3, 0.11, 0.1, 0.09, 0.2, 0.05]
    reasons = [stopping.reason(Moment(k, 1.0, loss)) for k, loss in enumerate(losses)]
    assert reasons == [None, None, "loss", None, None, "loss"]
    alone = Stopping(0.1, still=False)
    assert alone.reason(Moment(0, 0.3, None)) is None
    assert alone.reason(Moment(1, 0.1, None)) == "loss"


def test_it_stops_where_nothing_has_moved_for_long_and_again_as_long_after():
    stopping = Stopping(None, still=True)
    reasons = [
        stopping.reason(Moment(epoch, max(0.2, 1 - epoch / 100), 1.0))
        for epoch in range(0, 800, 10)
    ]
    stops = [10 * k for k, reason in enumerate(reasons) if reason]
    assert stops == [80 + STILL_EPOCHS, 80 + 2 * STILL_EPOCHS, 80 + 3 * STILL_EPOCHS]
