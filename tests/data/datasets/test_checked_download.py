"""Archives from servers that fail: the next one is asked, or it is said what each did."""

import hashlib
import socket

import pytest

import data
from data.datasets.checked_download import CorruptArchive, NetworkError, download_checked
from data.datasets.info import Archive
from tests.data.datasets.mirror import Mirror, write_torchvision

IMAGES = "train-images-idx3-ubyte.gz"
CONTENT = bytes(range(256)) * 1000


@pytest.fixture(autouse=True)
def _no_proxy(site):
    """Nothing stands between this process and the servers."""


@pytest.fixture
def other():
    server = Mirror()
    yield server
    server.close()


def archive(*servers, md5=None):
    urls = tuple(f"{server.url}a.bin" for server in servers)
    return Archive("a.bin", urls, md5 or hashlib.md5(CONTENT).hexdigest())


def fetched(tmp_path, wanted):
    reports = []
    path = download_checked(wanted, tmp_path, lambda done, size: reports.append((done, size)))
    assert path == tmp_path / "a.bin"
    assert path.read_bytes() == CONTENT
    return reports


def test_every_byte_is_reported_and_how_many_there_are(mirror, tmp_path):
    mirror.files["a.bin"] = CONTENT
    reports = fetched(tmp_path, archive(mirror))
    assert reports[0] == (0, len(CONTENT))
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert reports == sorted(reports)


def cut(server):
    server.files["a.bin"] = CONTENT
    server.cut.add("a.bin")


def wrong(server):
    server.files["a.bin"] = CONTENT[:-1] + b"?"


def empty(server):
    server.files.clear()


@pytest.mark.parametrize("fail", [cut, wrong, empty])
def test_the_next_server_is_asked(mirror, other, tmp_path, fail):
    fail(mirror)
    other.files["a.bin"] = CONTENT
    reports = fetched(tmp_path, archive(mirror, other))
    assert mirror.asked == other.asked == {"a.bin": 1}
    assert reports[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize(
    ("fail", "error", "message"),
    [
        (cut, NetworkError, r"the connection was cut after 128,000 of 256,000 bytes"),
        (empty, NetworkError, r"HTTP Error 404"),
        (wrong, CorruptArchive, r"a\.bin is corrupted: its MD5 checksum is .*, not "),
    ],
)
def test_what_the_only_server_did_is_said(mirror, tmp_path, fail, error, message):
    fail(mirror)
    with pytest.raises(error, match=message):
        download_checked(archive(mirror), tmp_path, lambda done, size: None)


def test_what_each_server_did_is_said(mirror, other, tmp_path):
    cut(mirror)
    wrong(other)
    with pytest.raises(CorruptArchive, match=r"was cut after.*; .*is corrupted"):
        download_checked(archive(mirror, other), tmp_path, lambda done, size: None)


def test_a_file_that_cannot_be_written_is_no_network_error(mirror, tmp_path):
    mirror.files["a.bin"] = CONTENT
    (tmp_path / "a.bin").mkdir()
    with pytest.raises(IsADirectoryError):
        download_checked(archive(mirror), tmp_path, lambda done, size: None)


def test_a_connection_cut_half_way_leaves_nothing(serve, published, mirror, cache):
    serve(published("mnist"))
    mirror.cut.add(IMAGES)
    with pytest.raises(
        data.DownloadError, match=r"could not be downloaded.*was cut after .* Check the internet"
    ):
        data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]


def test_a_mirror_helps_where_a_connection_was_cut(published, mirror, other, site):
    files = published("mnist")
    mirror.files, other.files = dict(files), dict(files)
    mirror.cut.add(IMAGES)
    write_torchvision(site, [mirror.url, other.url], files)
    data.download("mnist")
    assert data.is_available("mnist")
    assert other.asked == {IMAGES: 1}


def test_wrong_bytes_leave_nothing(serve, published, mirror, cache):
    serve(published("mnist"), md5="0" * 32)
    with pytest.raises(data.DownloadError, match=r"not MNIST as it was published.*corrupted"):
        data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]


def test_no_connection(published, cache, site):
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        port = nobody_listens.getsockname()[1]
        write_torchvision(site, [f"http://127.0.0.1:{port}/"], published("mnist"))
        with pytest.raises(
            data.DownloadError, match=r"could not be downloaded.*refused.*internet connection"
        ):
            data.download("mnist")
    assert [path.name for path in cache.iterdir()] == [".mnist.lock"]
