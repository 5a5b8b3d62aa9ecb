"""The history of a training: what it holds, and that the training doesn't notice."""

import numpy as np
import pytest

from nn.history import History
from nn.history.run_history import RunHistory
from nn.training.checkpoint import load_checkpoint, save_checkpoint
from tests.nn.history.small_trainings import IMAGES, LABELS, TEST, make, train


def test_it_holds_the_weights_of_many_moments(tmp_path):
    trainer = make()
    start = trainer.network.parameters.copy()
    train(tmp_path, trainer)
    records = History(tmp_path).whole()
    # 10 steps an epoch: powers of two, quarters of two epochs, then ends of epochs alone.
    expected = [0, 1, 2, 3, 4, 5, 8, 10, 13, 15, 16, 18, 20, 30, 40]
    assert records["step"].tolist() == expected
    for record, parameters in ((records[0], start), (records[-1], trainer.network.parameters)):
        found = History(tmp_path).network_at(record).parameters
        np.testing.assert_allclose(found, parameters, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"optimizer": "adam", "learning_rate": 0.003, "batch_norm": True, "dropout": 0.3},
        {"activation": "tanh", "val_size": 40, "patience": 3},
        {"ensemble": 2, "epochs": 2},
        {"batch_size": 40, "threads": 2},
        {"convolutions": (3,), "hidden": (8,)},
    ],
)
def test_the_training_does_not_notice(tmp_path, settings):
    kept, plain = make(**settings), make(**settings)
    train(tmp_path, kept)
    for _ in plain.run():
        pass
    for name, tensor in plain.network.state_dict().items():
        np.testing.assert_array_equal(kept.network.state_dict()[name], tensor, strict=True)


def test_answers_are_those_of_the_moment(tmp_path):
    trainer = make()
    added = train(tmp_path, trainer)
    history = History(tmp_path)
    answers = history.answers()
    places = history.about.test_images
    probabilities = trainer.network.predict_proba(IMAGES[TEST][places])
    np.testing.assert_array_equal(answers[-1]["classes"], probabilities.argmax(axis=1))
    shares = answers[-1]["probabilities"] / 255
    np.testing.assert_allclose(shares, probabilities.max(axis=1), atol=0.003)
    right = probabilities.argmax(axis=1) == LABELS[TEST][places]
    assert added[-1] == {"test_accuracy": pytest.approx(right.mean())}
    assert len(added) == 4


def test_several_threads_give_the_same_answers(tmp_path):
    trainer = make(threads=3, batch_size=60)
    train(tmp_path, trainer)
    history = History(tmp_path)
    answers = trainer.network.predict(IMAGES[TEST][history.about.test_images])
    np.testing.assert_array_equal(history.answers()[-1]["classes"], answers)


def test_a_resumed_training_goes_on_in_its_history(tmp_path):
    whole, parts = make(), make()
    train(tmp_path / "whole", whole)
    train(tmp_path / "parts", parts, until=16)
    save_checkpoint(parts, tmp_path / "checkpoint")
    train_on = make()
    load_checkpoint(train_on, tmp_path / "checkpoint")
    train(tmp_path / "lost", parts)  # what goes on without being saved
    train(tmp_path / "parts", train_on)
    first, second = (History(tmp_path / name) for name in ("whole", "parts"))
    for name in ("whole", "answers"):
        np.testing.assert_array_equal(getattr(first, name)(), getattr(second, name)())
    assert first.health()["step"].tolist() == second.health()["step"].tolist()


def test_what_came_after_the_checkpoint_is_dropped(tmp_path):
    first = make()
    train(tmp_path, first, until=10)
    save_checkpoint(first, tmp_path / "checkpoint")
    train(tmp_path, first, until=32)
    again = make()
    load_checkpoint(again, tmp_path / "checkpoint")
    RunHistory(tmp_path, again, IMAGES[TEST], LABELS[TEST])
    history = History(tmp_path)
    for records in (history.whole(), history.answers(), history.health()):
        assert records["step"].max() == 10


def test_a_training_that_is_stopped_ends_with_its_weights_and_goes_on_as_if_it_had_not(tmp_path):
    whole, stopped = make(), make()
    train(tmp_path / "whole", whole)
    train(tmp_path / "stopped", stopped, until=33)
    history = History(tmp_path / "stopped")
    for records in (history.whole(), history.answers()):
        assert records["step"][-1] == 33
    last = history.network_at(history.whole()[-1]).parameters
    np.testing.assert_allclose(last, stopped.network.parameters, rtol=1e-3, atol=1e-6)
    save_checkpoint(stopped, tmp_path / "checkpoint")
    again = make()
    load_checkpoint(again, tmp_path / "checkpoint")
    train(tmp_path / "stopped", again)
    first = History(tmp_path / "whole")
    np.testing.assert_array_equal(history.whole(), first.whole())
    np.testing.assert_array_equal(history.answers(), first.answers())


def test_what_is_half_written_does_not_count(tmp_path):
    train(tmp_path, make())
    history = History(tmp_path)
    before = [history.whole(), history.answers(), history.health()]
    for file in history.folder.glob("*.bin"):
        with open(file, "ab") as torn:
            torn.write(bytes(100))
    after = [history.whole(), history.answers(), history.health()]
    for records, torn_records in zip(before, after, strict=True):
        np.testing.assert_array_equal(records, torn_records)


def test_each_network_of_an_ensemble_has_its_own(tmp_path):
    train(tmp_path, make(ensemble=2, epochs=2))
    for member in range(2):
        history = History(tmp_path, member)
        for records in (history.whole(), history.answers(), history.health()):
            assert records["step"].tolist() == [0, 1, 2, 3, 4, 5, 8, 10, 13, 15, 16, 18, 20]
        first = make(ensemble=2, epochs=2)._make(member).network
        np.testing.assert_allclose(
            history.network_at(history.whole()[0]).parameters, first.parameters, atol=1e-3
        )


def test_what_begins_anew_keeps_no_moment_twice(tmp_path):
    for _ in range(2):  # as from a checkpoint before the first step
        train(tmp_path, make(epochs=2))
    assert History(tmp_path).whole()["step"].tolist()[:3] == [0, 1, 2]


def test_a_run_without_history_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        History(tmp_path)
