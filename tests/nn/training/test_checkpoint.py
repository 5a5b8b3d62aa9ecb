"""Going on exactly where a training was: in place, by its state, and through a checkpoint file."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

import nn
from nn.files import read_tensors
from nn.training.checkpoint import FORMAT, load_checkpoint, save_checkpoint
from nn.training.events import BatchEnd, EpochEnd


def make_trainer(optimizer="adam", dtype=np.float32, **changes):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60, 10), dtype=np.uint8)
    labels = images[:, :3].argmax(axis=1)
    network = nn.Network.mlp(
        [10, 8, 3], changes.pop("activation", "relu"), dropout=0.2, batch_norm=True, dtype=dtype
    )
    options = {"momentum": 0.9} if optimizer == "sgd" else {}
    arguments = {"batch_size": 16, "epochs": 4, "seed": 0} | changes
    return nn.Trainer(
        network,
        nn.OPTIMIZERS[optimizer](network.parameters, network.gradients, 0.01, **options),
        nn.CrossEntropyLoss(),
        images[:50],
        labels[:50],
        val_images=images[50:],
        val_labels=labels[50:],
        **arguments,
    )


def advance(trainer, step):
    """Train until after this step."""
    for event in trainer.run():
        if isinstance(event, BatchEnd) and event.step == step:
            return
    raise AssertionError(f"the training ended before step {step}")


def everything(trainer):
    """All numbers a training leaves behind: parameters and batch normalisation's buffers."""
    buffers = trainer.network.named_buffers().values()
    return np.concatenate([trainer.network.parameters, *buffers])


def epoch_ends(events):
    return [event for event in events if isinstance(event, EpochEnd)]


@pytest.fixture
def checkpoint(tmp_path):
    """The checkpoint of a training after its sixth step of sixteen."""
    trainer = make_trainer()
    advance(trainer, 6)
    save_checkpoint(trainer, tmp_path / "checkpoint.safetensors")
    return tmp_path / "checkpoint.safetensors"


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_same_seed_same_weights_other_seed_other_weights(optimizer):
    first, second, third = (make_trainer(optimizer, seed=seed) for seed in (3, 3, 4))
    for trainer in (first, second, third):
        list(trainer.run())
    np.testing.assert_array_equal(everything(first), everything(second))
    assert (everything(first) != everything(third)).any()


@pytest.mark.parametrize("optimizer", nn.OPTIMIZERS)
# In the middle of an epoch, after the last batch of one, and in the last epoch.
@pytest.mark.parametrize("step", [2, 8, 14])
def test_a_checkpoint_leads_to_the_very_same_weights(optimizer, step, tmp_path):
    whole = make_trainer(optimizer)
    whole_epochs = epoch_ends(whole.run())

    broken_off = make_trainer(optimizer)
    advance(broken_off, step)
    save_checkpoint(broken_off, tmp_path / "checkpoint")

    resumed = make_trainer(optimizer)
    load_checkpoint(resumed, tmp_path / "checkpoint")
    assert resumed.step == step
    assert resumed.seconds == broken_off.seconds
    events = list(resumed.run())
    np.testing.assert_array_equal(everything(resumed), everything(whole))
    # What it still has to report is the same too.
    assert epoch_ends(events) == [event for event in whole_epochs if event.step >= step]
    assert events[-1].best_epoch == whole.best.epoch


def test_a_state_taken_at_the_end_of_an_epoch_leads_to_the_very_same_weights():
    whole = make_trainer()
    list(whole.run())
    broken_off = make_trainer()
    for event in broken_off.run():
        if isinstance(event, EpochEnd) and event.epoch == 2:
            break
    resumed = make_trainer()
    resumed.restore(broken_off.state())
    assert [event.epoch for event in epoch_ends(resumed.run())] == [3, 4]
    np.testing.assert_array_equal(everything(resumed), everything(whole))


def test_a_state_is_a_copy():
    trainer = make_trainer()
    running = trainer.run()
    while not isinstance(next(running), EpochEnd):
        pass
    state = trainer.state()
    before = {name: tensor.copy() for name, tensor in state.tensors.items()}
    list(running)
    for name, tensor in before.items():
        np.testing.assert_array_equal(state.tensors[name], tensor)


def test_a_pause_changes_nothing():
    whole = make_trainer()
    list(whole.run())
    paused = make_trainer()
    running = paused.run()
    while next(running) != BatchEnd(6, 1.5):
        pass
    # Asked for predictions meanwhile, with more images than any batch had.
    paused.network.predict(np.zeros((2000, 10)))
    list(running)
    np.testing.assert_array_equal(everything(paused), everything(whole))


def test_a_run_may_be_left_and_called_again():
    whole = make_trainer()
    list(whole.run())
    left = make_trainer()
    advance(left, 6)
    events = list(left.run())
    assert (events[0].step, events[0].epoch) == (6, 1.5)
    np.testing.assert_array_equal(everything(left), everything(whole))


def test_a_learning_rate_set_while_training_is_kept(tmp_path):
    trainer = make_trainer()
    advance(trainer, 3)
    trainer.base_learning_rate = 0.003
    save_checkpoint(trainer, tmp_path / "checkpoint")
    resumed = make_trainer()
    load_checkpoint(resumed, tmp_path / "checkpoint")
    assert resumed.base_learning_rate == 0.003


def test_a_finished_training_has_nothing_left_to_do(tmp_path):
    trainer = make_trainer()
    list(trainer.run())
    save_checkpoint(trainer, tmp_path / "checkpoint")
    resumed = make_trainer()
    load_checkpoint(resumed, tmp_path / "checkpoint")
    events = list(resumed.run())
    assert [event.type for event in events] == ["started", "finished"]
    np.testing.assert_array_equal(resumed.network.parameters, trainer.network.parameters)


def test_a_new_checkpoint_replaces_the_old_one(checkpoint):
    trainer = make_trainer()
    load_checkpoint(trainer, checkpoint)
    advance(trainer, 7)
    save_checkpoint(trainer, checkpoint)
    resumed = make_trainer()
    load_checkpoint(resumed, checkpoint)
    assert resumed.step == 7
    assert [path.name for path in checkpoint.parent.iterdir()] == [checkpoint.name]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"optimizer": "adamw"}, "with optimizer 'Adam', this one has 'AdamW'"),
        ({"batch_size": 8}, "with batch_size 16, this one has 8"),
        ({"seed": 1}, "with seed 0, this one has 1"),
        ({"epochs": 5}, "with epochs 4, this one has 5"),
        ({"activation": "tanh"}, "with layers"),
        ({"dtype": np.float64}, r"network\.0\.\w+ must be float64"),
    ],
)
def test_refuses_the_checkpoint_of_another_training(checkpoint, changes, message):
    trainer = make_trainer(**changes)
    before = trainer.network.parameters.copy()
    with pytest.raises(ValueError, match=message):
        load_checkpoint(trainer, checkpoint)
    np.testing.assert_array_equal(trainer.network.parameters, before)
    assert trainer.step == 0


def test_refuses_a_file_that_is_cut_off(checkpoint):
    content = checkpoint.read_bytes()
    checkpoint.write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="not a whole safetensors file"):
        load_checkpoint(make_trainer(), checkpoint)


def test_a_single_bit_that_has_changed_is_never_believed(checkpoint):
    content, (tensors, metadata) = checkpoint.read_bytes(), read_tensors(checkpoint, FORMAT)
    refused = 0
    for place in np.linspace(0, 8 * len(content) - 1, 200).astype(int):
        changed = bytearray(content)
        changed[place // 8] ^= 1 << place % 8
        checkpoint.write_bytes(changed)
        try:
            found, notes = read_tensors(checkpoint, FORMAT)
        except ValueError:
            refused += 1
            continue
        # It hit the word "checksum", and all that counts is as it was.
        assert notes["values"] == metadata["values"]
        for name, tensor in tensors.items():
            np.testing.assert_array_equal(found[name], tensor)
    assert refused >= 195


def test_a_file_without_checksum_is_as_good_as_ever(checkpoint):
    tensors, metadata = read_tensors(checkpoint, FORMAT)
    save_file(tensors, checkpoint, metadata)
    trainer = make_trainer()
    load_checkpoint(trainer, checkpoint)
    assert trainer.step == 6


def test_refuses_a_saved_network(tmp_path):
    trainer = make_trainer()
    nn.save(trainer.network, tmp_path / "model.safetensors")
    with pytest.raises(ValueError, match=r"format of .* must be 'scratch-nn checkpoint 2'"):
        load_checkpoint(trainer, tmp_path / "model.safetensors")


@pytest.mark.parametrize("values", ["nonsense", "[]", "{}", "null", '{"settings": 3}'])
def test_refuses_values_that_are_none(tmp_path, values):
    path = tmp_path / "checkpoint"
    metadata = {"format": "scratch-nn checkpoint 2", "values": values}
    save_file({"parameters": np.zeros(3, np.float32)}, path, metadata)
    with pytest.raises(ValueError, match="no checkpoint for this training"):
        load_checkpoint(make_trainer(), path)


@pytest.mark.parametrize("missing", ["network.0.weight", "optimizer.square_sum", "best.0.weight"])
def test_refuses_missing_tensors_before_anything_is_changed(checkpoint, missing):
    tensors, metadata = read_tensors(checkpoint, FORMAT)
    assert json.loads(metadata["values"])["step"] == 6
    del tensors[missing]
    save_file(tensors, checkpoint, metadata)
    trainer = make_trainer()
    before = trainer.network.parameters.copy()
    with pytest.raises(ValueError, match="no checkpoint for this training"):
        load_checkpoint(trainer, checkpoint)
    np.testing.assert_array_equal(trainer.network.parameters, before)


def test_a_missing_file_is_an_ordinary_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_checkpoint(make_trainer(), tmp_path / "nothing")
