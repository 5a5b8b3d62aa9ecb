"""Learning-rate schedules: PyTorch's values where it has the same, else values from theory."""

import math

import pytest

from nn.schedules import (
    ConstantSchedule,
    CosineSchedule,
    ExponentialSchedule,
    OneCycleSchedule,
    StepSchedule,
    Warmup,
)

EPOCHS = 12
STEPS_PER_EPOCH = 7
STEPS = EPOCHS * STEPS_PER_EPOCH


def ours(schedule):
    return [schedule(step / STEPS_PER_EPOCH, EPOCHS) for step in range(STEPS)]


def torch_rates(make_scheduler, steps_between=1):
    """The factor of each step when PyTorch's scheduler moves on every `steps_between` steps."""
    torch = pytest.importorskip("torch")
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make_scheduler(torch.optim.lr_scheduler, optimizer)
    rates = []
    for step in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (step + 1) % steps_between == 0 and step + 1 < STEPS:
            scheduler.step()
    return rates


def test_constant():
    assert set(ours(ConstantSchedule())) == {1.0}


def test_step_as_in_pytorch():
    expected = torch_rates(lambda s, o: s.StepLR(o, step_size=5, gamma=0.3), STEPS_PER_EPOCH)
    assert ours(StepSchedule(step_epochs=5, gamma=0.3)) == pytest.approx(expected)


def test_exponential_as_in_pytorch():
    expected = torch_rates(lambda s, o: s.ExponentialLR(o, gamma=0.8), STEPS_PER_EPOCH)
    assert ours(ExponentialSchedule(gamma=0.8)) == pytest.approx(expected)


def test_cosine_as_in_pytorch():
    expected = torch_rates(lambda s, o: s.CosineAnnealingLR(o, T_max=STEPS))
    assert ours(CosineSchedule()) == pytest.approx(expected, abs=1e-9)


def test_one_cycle_as_in_pytorch_but_for_one_step():
    expected = torch_rates(lambda s, o: s.OneCycleLR(o, max_lr=1.0, total_steps=STEPS))
    # PyTorch puts its turning points at pct_start * STEPS - 1 and at STEPS - 1.
    peak = 0.3 * STEPS - 1
    schedule = OneCycleSchedule()
    for step, rate in enumerate(expected):
        if step <= peak:
            progress = 0.3 * step / peak
        else:
            progress = 0.3 + 0.7 * (step - peak) / (STEPS - 1 - peak)
        assert schedule(progress * EPOCHS, EPOCHS) == pytest.approx(rate, abs=1e-9)


def test_one_cycle_begins_low_peaks_and_ends_near_zero():
    schedule = OneCycleSchedule(pct_start=0.25, div_factor=10, final_div_factor=100)
    assert schedule(0, 8) == pytest.approx(0.1)
    assert schedule(2, 8) == pytest.approx(1.0)
    assert schedule(8, 8) == pytest.approx(0.001)


def test_warmup_rises_evenly_and_leaves_the_rest_to_the_schedule():
    schedule = Warmup(CosineSchedule(), warmup_epochs=2)
    assert [schedule(epoch, 12) for epoch in (0, 0.5, 1, 1.5)] == [0, 0.25, 0.5, 0.75]
    # The half cosine takes the other ten epochs.
    assert schedule(2, 12) == pytest.approx(1.0)
    assert schedule(7, 12) == pytest.approx(0.5)
    assert schedule(9.5, 12) == pytest.approx((1 + math.cos(0.75 * math.pi)) / 2)


def test_warmup_of_nothing_changes_nothing():
    schedule = StepSchedule(step_epochs=3)
    assert ours(Warmup(schedule, warmup_epochs=0)) == ours(schedule)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: StepSchedule(step_epochs=0), r"step_epochs must be a number in \(0, "),
        (lambda: StepSchedule(step_epochs=2, gamma=0), r"gamma must be a number in \(0, 1\]"),
        (lambda: ExponentialSchedule(gamma=1.5), "gamma must be"),
        (lambda: OneCycleSchedule(pct_start=1), "pct_start must be"),
        (lambda: OneCycleSchedule(div_factor=0.5), "div_factor must be"),
        (lambda: Warmup(ConstantSchedule(), -1), "warmup_epochs must be"),
    ],
)
def test_refuses_what_is_out_of_range(make, message):
    with pytest.raises(ValueError, match=message):
        make()
