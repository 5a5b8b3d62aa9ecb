"""Downloads while they last: progress, stopping, and waiting for another one."""

import threading

import pytest

import data
from data.datasets import store
from tests.data.datasets.test_download import IMAGES, LABELS, assert_nothing_is_left


def test_progress_counts_the_bytes_that_arrived(good, mirror):
    mirror.hold = "t10k-labels-idx1-ubyte.gz"  # the last one
    sizes = {name: len(content) for name, content in mirror.files.items()}
    total = sum(sizes[name] for name in mirror.files)
    reports = []

    def on_progress(report):
        reports.append(report)
        if report["total"] == total:  # the server has said how long the last one is
            mirror.go_on.set()

    data.download("mnist", on_progress=on_progress)
    assert reports[0] == {"done": 0, "total": 11_600_000}
    assert reports[-1] == {"done": total, "total": total}
    done = [report["done"] for report in reports]
    assert done == sorted(done)


def test_whoever_watches_the_progress_can_stop_the_download(good, mirror, cache):
    mirror.hold = IMAGES

    class Stop(Exception):
        pass

    def on_progress(report):
        if mirror.holding.is_set():
            raise Stop

    with pytest.raises(Stop):
        data.download("mnist", on_progress=on_progress)
    assert_nothing_is_left(cache)


def test_a_second_download_waits_for_the_first_and_uses_its_result(good, mirror):
    mirror.hold = LABELS  # the images have arrived by then
    images = len(mirror.files[IMAGES])
    errors = []
    both_know = threading.Barrier(3)

    def run():
        waiting = [True]

        def on_progress(report):
            if waiting and report["done"] >= images:
                waiting.pop()
                both_know.wait(60)

        try:
            data.download("mnist", on_progress=on_progress)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    both_know.wait(60)  # the one that waits tells how far the other is
    mirror.go_on.set()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert set(mirror.asked.values()) == {1}
    assert data.load("mnist").train_labels.shape == (60_000,)


def test_waiting_for_another_download_has_a_limit_too(good):
    info = data.DATASETS["mnist"]
    with (
        store.lock(info, timeout=0),
        pytest.raises(data.DownloadError, match="given up after 0 seconds"),
    ):
        data.download("mnist", timeout=0.2)
