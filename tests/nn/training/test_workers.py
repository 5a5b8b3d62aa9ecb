"""Training in several processes: the same as in one, and nothing is left behind."""

import multiprocessing
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nn
from nn.training.blas_threads import current_threads, limited_threads
from nn.training.build import build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.events import EpochEnd
from nn.training.workers import worker_count

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are copied on Linux only"
)

PROJECT = Path(__file__).resolve().parents[3]


def samples(count):
    rng = np.random.default_rng(5)
    labels = rng.integers(0, 4, count)
    pixels = rng.integers(0, 120, (count, 20))
    for row, label in zip(pixels, labels, strict=True):
        row[label * 5 : label * 5 + 5] += 100
    return pixels.astype(np.uint8), labels.astype(np.uint8)


def make_trainer(workers, *, optimizer=nn.SGD, count=150, dtype="float64", **arguments):
    network = nn.Network.mlp([20, 16, 4], arguments.pop("activation", "relu"), dtype=dtype)
    return nn.Trainer(
        network,
        optimizer(network.parameters, network.gradients, learning_rate=0.01),
        nn.CrossEntropyLoss(),
        *samples(count),
        **{"batch_size": 32, "epochs": 3, "workers": workers} | arguments,
    )


def helpers():
    return multiprocessing.active_children()


@pytest.mark.parametrize("block", [512, 40])
@pytest.mark.parametrize(
    "optimizer", [nn.SGD, nn.RMSprop, nn.Adagrad, nn.Adadelta, nn.Adam, nn.AdamW]
)
def test_same_weights_with_every_optimizer(monkeypatch, optimizer, block):
    monkeypatch.setattr("nn.training.fused_gradient.BLOCK", block)
    one, three = make_trainer(1, optimizer=optimizer), make_trainer(3, optimizer=optimizer)
    figures = [[e for e in t.run() if isinstance(e, EpochEnd)] for t in (one, three)]
    np.testing.assert_allclose(three.network.parameters, one.network.parameters, atol=1e-9)
    for ours, other in zip(*figures, strict=True):
        assert ours.train_loss == pytest.approx(other.train_loss, rel=1e-9)
        assert ours.train_accuracy == other.train_accuracy


def test_same_weights_layer_by_layer():
    one, two = make_trainer(1, activation="tanh"), make_trainer(2, activation="tanh")
    for trainer in (one, two):
        list(trainer.run())
    np.testing.assert_allclose(two.network.parameters, one.network.parameters, atol=1e-9)


def test_momentum_and_penalties_are_those_of_one_process():
    trainers = []
    for workers in (1, 2):
        network = nn.Network.mlp([20, 16, 4], dtype="float64")
        optimizer = nn.SGD(
            network.parameters,
            network.gradients,
            learning_rate=0.01,
            momentum=0.9,
            nesterov=True,
            weight_decay=0.01,
            l1=0.001,
        )
        trainers.append(
            nn.Trainer(
                network, optimizer, nn.CrossEntropyLoss(), *samples(90), epochs=2, workers=workers
            )
        )
        list(trainers[-1].run())
    one, two = (trainer.network.parameters for trainer in trainers)
    np.testing.assert_allclose(two, one, atol=1e-9)


def test_a_last_batch_smaller_than_the_number_of_workers():
    one, three = (make_trainer(workers, count=65, epochs=1) for workers in (1, 3))
    for trainer in (one, three):
        list(trainer.run())
    np.testing.assert_allclose(three.network.parameters, one.network.parameters, atol=1e-9)


def test_figures_of_an_epoch_with_an_interruption():
    whole, first, second = (make_trainer(2, epochs=1) for _ in range(3))
    expected = next(event for event in whole.run() if isinstance(event, EpochEnd))
    for event in first.run():
        if event.step == 2:
            break
    second.restore(first.state())
    epoch = next(event for event in second.run() if isinstance(event, EpochEnd))
    assert epoch.train_loss == pytest.approx(expected.train_loss, rel=1e-9)
    assert epoch.train_accuracy == expected.train_accuracy


def test_same_weights_bit_for_bit_with_and_without_interruption():
    whole, first, second = (make_trainer(2, dtype="float32", optimizer=nn.Adam) for _ in range(3))
    list(whole.run())
    for event in first.run():
        if event.step == 7:
            break
    second.restore(first.state())
    list(second.run())
    assert np.array_equal(second.network.parameters, whole.network.parameters)


def test_a_new_learning_rate_reaches_all():
    one, two = make_trainer(1), make_trainer(2)
    for trainer in (one, two):
        for event in trainer.run():
            if event.step == 3:
                trainer.base_learning_rate = 0.5
    np.testing.assert_allclose(two.network.parameters, one.network.parameters, atol=1e-9)


def test_helpers_live_as_long_as_the_training():
    trainer = make_trainer(3)
    before = helpers()
    run = trainer.run()
    for event in run:
        if event.step == 2:
            break
    assert len(helpers()) == len(before) + 2
    run.close()
    assert helpers() == before
    list(trainer.run())
    assert helpers() == before


def test_blas_has_one_thread_while_there_are_helpers():
    with limited_threads(2):
        trainer = make_trainer(2)
        threads = {event.type: current_threads() for event in trainer.run()}
    assert threads["batch"] == threads["epoch"] == 1
    assert threads["finished"] == 2


def test_a_dead_helper_ends_the_training_with_a_clear_error():
    run = make_trainer(2, epochs=100_000).run()
    others = set(helpers())
    for event in run:
        if event.step == 2:
            break
    (helper,) = set(helpers()) - others
    os.kill(helper.pid, signal.SIGKILL)
    with pytest.raises(ChildProcessError, match="has died, perhaps for lack of memory"):
        list(run)


def test_signals_to_all_processes_leave_the_decision_to_the_first():
    run = make_trainer(2).run()
    others = set(helpers())
    next(event for event in run if event.type == "batch")
    (helper,) = set(helpers()) - others
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(helper.pid, number)
    assert [event.type for event in run][-1] == "finished"


FORGOTTEN = """
import sys
sys.path.insert(0, {project!r})
from tests.nn.training.test_workers import make_trainer
run = make_trainer(2, epochs=100_000).run()
next(event for event in run if event.type == "batch")
"""


def test_a_program_can_end_in_the_middle_of_a_training():
    program = [sys.executable, "-c", FORGOTTEN.format(project=str(PROJECT))]
    ended = subprocess.run(program, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


ORPHAN = """
import multiprocessing, sys
sys.path.insert(0, {project!r})
from tests.nn.training.test_workers import make_trainer
for event in make_trainer(2, epochs=100_000).run():
    if event.step == 2:
        print(multiprocessing.active_children()[0].pid, flush=True)
        sys.stdin.read()
"""


def test_helpers_end_when_the_training_process_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHAN.format(project=str(PROJECT))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    helper = int(parent.stdout.readline())
    ended = os.pidfd_open(helper)
    try:
        parent.kill()
        parent.wait()
        assert select.select([ended], [], [], 10)[0], "the helper is still there"
    finally:
        os.close(ended)
        parent.stdin.close()
        parent.stdout.close()


@pytest.mark.parametrize(
    ("settings", "batch_size", "threads", "expected"),
    [
        ({}, 64, 1, 1),
        ({}, 64, 2, 2),
        ({}, 64, 16, 4),  # fewer than 16 images are not worth a process
        ({}, 8, 2, 1),
        ({"dropout": 0.5}, 64, 2, 1),
        ({"batch_norm": True}, 64, 2, 1),
        ({"max_grad_norm": 1.0}, 64, 2, 1),
        ({"hidden": (4000, 3000)}, 64, 2, 1),  # a gradient for each takes much memory
    ],
)
def test_how_many_processes_are_worth_it(settings, batch_size, threads, expected):
    images, labels = samples(100)
    config = TrainingConfig(**{"hidden": (8,), "batch_size": batch_size} | settings)
    network = build_network(config, images, "abcd")
    assert build_trainer(config, network, images, labels, threads).workers == expected


def test_no_more_processes_than_fit_the_data():
    images, labels = samples(20)
    config = TrainingConfig(hidden=(8,))
    trainer = build_trainer(config, build_network(config, images, "abcd"), images, labels, 8)
    assert trainer.workers == 1


@pytest.mark.parametrize("workers", [0, -1, 33, 1.5, True])
def test_refuses_a_wrong_number_of_workers(workers):
    with pytest.raises(ValueError, match="workers must be a whole number from 1 to 32"):
        make_trainer(workers)


def test_one_process_where_none_can_be_copied(monkeypatch):
    images, labels = samples(100)
    config = TrainingConfig(hidden=(8,))
    network = build_network(config, images, "abcd")
    monkeypatch.delattr(os, "fork")
    assert build_trainer(config, network, images, labels, 2).workers == 1
    with pytest.raises(ValueError, match=r"workers must be 1 .* outside Linux, got 2"):
        make_trainer(2)


@pytest.mark.parametrize(
    ("hidden", "batch_size", "expected"),
    [
        ((128, 64), 64, 2),
        ((512, 512), 32, 2),
        ((1024, 1024), 512, 2),
        ((1024, 1024), 128, 1),
        ((1024, 1024), 64, 1),
    ],
)
def test_a_wide_network_with_few_images_in_a_batch_learns_in_one_process(
    hidden, batch_size, expected
):
    network = nn.Network.mlp([784, *hidden, 10])
    optimizer = nn.SGD(network.parameters, network.gradients)
    assert worker_count(network, optimizer, batch_size, 2) == expected


def test_refuses_workers_where_a_batch_cant_be_shared():
    network = nn.Network.mlp([20, 16, 4], dropout=0.5)
    optimizer = nn.SGD(network.parameters, network.gradients)
    assert worker_count(network, optimizer, 64, 2) == 1
    with pytest.raises(ValueError, match="workers must be 1 with batch normalisation, dropout"):
        nn.Trainer(network, optimizer, nn.CrossEntropyLoss(), *samples(50), workers=2)
