"""What is known of a dataset before any of its images is read, and how they are got."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ARRAYS = ("train_images", "train_labels", "test_images", "test_labels")
DIGIT_LABELS = tuple("0123456789")


@dataclass(frozen=True)
class Archive:
    """A file on the internet.

    Attributes:
        name: what it is called.
        urls: where it can be had, the best place first.
        md5: checksum of its bytes.
    """

    name: str
    urls: tuple[str, ...]
    md5: str


@dataclass(frozen=True)
class Published:
    """Where a dataset can be downloaded, and what to make of the archives.

    Attributes:
        archives: gives the archives, as the installed torchvision lists them.
        read: gives the dataset's arrays in the order of `ARRAYS`, from the downloaded archives in
            the order of `archives`; ValueError if an archive does not hold what it should.
    """

    archives: Callable[[], list[Archive]]
    read: Callable[[list[Path]], Iterable[np.ndarray]]


@dataclass(frozen=True)
class LocalFiles:
    """The four IDX files of a dataset, gzipped or not, in a folder that the user names.

    Attributes:
        folders: where in that folder they may lie.
        checksums: MD5 of their unpacked bytes, in the order of `ARRAYS`.
    """

    folders: tuple[str, ...]
    checksums: tuple[str, str, str, str]


@dataclass(frozen=True)
class Embedded:
    """A dataset that comes with the installed libraries.

    Attributes:
        is_here: whether the libraries have it. Cheap.
        make: gives its arrays in the order of `ARRAYS`; FileNotFoundError, saying what to install,
            if the libraries don't have it.
    """

    is_here: Callable[[], bool]
    make: Callable[[], Iterable[np.ndarray]]


@dataclass(frozen=True)
class DatasetInfo:
    """What is known about a dataset before any of its images is read.

    Attributes:
        name: key in `data.DATASETS`, also used in files, settings and links.
        title: name for people.
        labels: what class 0, 1, ... is called.
        licence: under which terms its makers give it away.
        source: who made it, and where to read about it.
        train_size, test_size: number of images in each part.
        origin: how its images are got.
        megabytes: size of the download, 0 where none is needed.
        local: its files in a folder of the user, if it is looked for there.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    licence: str
    source: str
    train_size: int
    test_size: int
    origin: Published | Embedded
    megabytes: float = 0
    local: LocalFiles | None = None

    @property
    def num_classes(self) -> int:
        """Number of classes."""
        return len(self.labels)

    @property
    def embedded(self) -> bool:
        """True if it comes with the installed libraries."""
        return isinstance(self.origin, Embedded)

    @property
    def disk_bytes(self) -> float:
        """Disk space that it takes while it is downloaded: its archives, and images and labels."""
        return 1e6 * self.megabytes + (28 * 28 + 1) * (self.train_size + self.test_size)
