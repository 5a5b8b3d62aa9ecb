"""Getting an archive from the internet: from the first place that gives it as it was published."""

import hashlib
import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from data.datasets.info import Archive

# A server that says nothing for so long is given up.
_SILENCE_SECONDS = 30
_PIECE = 1 << 16


class NetworkError(Exception):
    """An archive could not be had from anywhere; the message says what each server did."""


class CorruptArchive(Exception):
    """What a server gave is not the archive that was published, and no other had it either."""


def download_checked(
    archive: Archive, folder: Path, report: Callable[[int, int | None], None]
) -> Path:
    """Downloads an archive into a folder and checks it.

    Args:
        archive: which one.
        folder: where it is put, under its name.
        report: called with the number of bytes that have arrived, from 0 for each server that is
            tried, and how many there are, None if the server doesn't say.

    Returns:
        The path of the file.

    Raises:
        NetworkError, CorruptArchive: if no server gave it.
        OSError: if it cannot be written.
    """
    path = folder / archive.name
    failures: list[NetworkError | CorruptArchive] = []
    for url in archive.urls:
        try:
            _download_from(url, path, archive.md5, report)
        except (NetworkError, CorruptArchive) as failure:
            failures.append(failure)
        else:
            return path
    corrupt = any(isinstance(failure, CorruptArchive) for failure in failures)
    raise (CorruptArchive if corrupt else NetworkError)("; ".join(map(str, failures)))


def _download_from(
    url: str, path: Path, md5: str, report: Callable[[int, int | None], None]
) -> None:
    digest = hashlib.md5(usedforsecurity=False)
    done = 0
    with path.open("wb") as file:
        for piece, size in _pieces(url):
            file.write(piece)
            digest.update(piece)
            done += len(piece)
            report(done, size)
    if digest.hexdigest() != md5:
        raise CorruptArchive(
            f"{url} is corrupted: its MD5 checksum is {digest.hexdigest()}, not {md5}"
        )


def _pieces(url: str) -> Iterator[tuple[bytes, int | None]]:
    """What a server gives, beginning with an empty piece, each with the size that it announced."""
    request = urllib.request.Request(url, headers={"User-Agent": "scratch-nn"})
    done = 0
    try:
        with urllib.request.urlopen(request, timeout=_SILENCE_SECONDS) as response:
            announced = response.headers.get("Content-Length", "")
            size = int(announced) if announced.isdecimal() else None
            yield b"", size
            while piece := response.read1(_PIECE):
                done += len(piece)
                yield piece, size
        if size is not None and done < size:
            raise ConnectionError(f"the connection was cut after {done:,} of {size:,} bytes")
    except (OSError, http.client.HTTPException) as error:
        # Where there was no answer at all the reason is wrapped in one more error.
        reason = error.reason if type(error) is urllib.error.URLError else error
        server = urllib.parse.urlsplit(url).netloc
        raise NetworkError(f"{server}: {reason or type(error).__name__}") from error
