"""The lock of a run's folder: one process has it, and asking who has is in nobody's way."""

import os
import threading

import filelock
import pytest

from nn.runs import RunLocked, lock
from nn.runs.lock import is_locked, take_lock


def test_one_at_a_time(tmp_path):
    assert not is_locked(tmp_path)
    with take_lock(tmp_path):
        assert is_locked(tmp_path)
        with pytest.raises(RunLocked, match="another process trains in"):
            take_lock(tmp_path)
    assert not is_locked(tmp_path)
    take_lock(tmp_path).close()


def test_asking_leaves_the_folder_as_it_was(tmp_path):
    assert not is_locked(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def asker(tmp_path, monkeypatch):
    """Another process that asks at this moment: it has the lock until somebody was refused once."""
    take_lock(tmp_path).close()
    answers = []
    with open(tmp_path / "lock", "r+b") as file:
        assert filelock.lock_descriptor(file.fileno(), blocking=False)

        def lock_descriptor(descriptor, *, blocking):
            answers.append(filelock.lock_descriptor(descriptor, blocking=blocking))
            if len(answers) == 1:
                filelock.unlock_descriptor(file.fileno())
            return answers[-1]

        monkeypatch.setattr(lock, "lock_descriptor", lock_descriptor)
        yield answers


def test_somebody_who_asks_is_not_in_a_trainings_way(tmp_path, asker):
    with take_lock(tmp_path):
        assert asker == [False, True]
    assert not is_locked(tmp_path)


def test_two_who_ask_dont_take_each_other_for_a_training(tmp_path, asker):
    assert not is_locked(tmp_path)
    assert asker == [False, True]


def test_many_threads_that_ask_at_once_get_the_right_answer(tmp_path):
    take_lock(tmp_path).close()
    answers = []
    begin = threading.Barrier(8)

    def ask():
        begin.wait()
        answers.extend(is_locked(tmp_path) for _ in range(200))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 1600
    assert not any(answers)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that are copied here")
def test_a_copied_process_neither_keeps_the_lock_nor_gives_it_back(tmp_path):
    held = take_lock(tmp_path)
    (ready, say_ready), (leave, say_leave) = os.pipe(), os.pipe()
    if not (child := os.fork()):
        held.close()
        os.write(say_ready, b".")
        os.read(leave, 1)
        os._exit(0)
    os.read(ready, 1)
    locked = is_locked(tmp_path)
    held._file.close()  # as when the process is killed: nothing else is done
    still_locked = is_locked(tmp_path)
    os.write(say_leave, b".")
    os.waitpid(child, 0)
    for descriptor in (ready, say_ready, leave, say_leave):
        os.close(descriptor)
    assert locked
    assert not still_locked


def test_a_lock_that_cannot_be_asked_for_disturbs_nobody(tmp_path):
    (tmp_path / "lock").mkdir()
    assert not is_locked(tmp_path)
    (tmp_path / "lock").rmdir()
    (tmp_path / "lock").symlink_to("lock")  # as little to be opened as one of another user
    assert is_locked(tmp_path)
