"""The one list of datasets: names, classes, sizes, licences."""

from dataclasses import dataclass

DIGITS = tuple("0123456789")
FASHION = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
KUZUSHIJI = (
    "o お",
    "ki き",
    "su す",
    "tsu つ",
    "na な",
    "ha は",
    "ma ま",
    "ya や",
    "re れ",
    "wo を",
)
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True)
class DatasetInfo:
    """What is known about a dataset before any of its images is read.

    Attributes:
        name: key in `DATASETS`, also used in files, settings and links.
        title: name for people.
        labels: what class 0, 1, ... is called.
        licence: under which terms its makers give it away.
        source: who made it, and where to read about it.
        train_size, test_size: number of images in each part.
        megabytes: size of the download, 0 where none is needed.
        embedded: True if it comes with the installed libraries.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    licence: str
    source: str
    train_size: int
    test_size: int
    megabytes: float
    embedded: bool = False

    @property
    def num_classes(self) -> int:
        """Number of classes."""
        return len(self.labels)


_NIST = "US government data (NIST SD 19), please cite"
_EMNIST = "Cohen, Afshar, Tapson, van Schaik 2017, https://arxiv.org/abs/1702.05373"

DATASETS: dict[str, DatasetInfo] = {
    info.name: info
    for info in (
        DatasetInfo(
            name="mnist",
            title="MNIST",
            labels=DIGITS,
            licence="CC BY-SA 3.0",
            source="LeCun, Cortes, Burges 1998, http://yann.lecun.com/exdb/mnist/",
            train_size=60_000,
            test_size=10_000,
            megabytes=11.6,
        ),
        DatasetInfo(
            name="fashion_mnist",
            title="Fashion-MNIST",
            labels=FASHION,
            licence="MIT",
            source="Xiao, Rasul, Vollgraf 2017, https://github.com/zalandoresearch/fashion-mnist",
            train_size=60_000,
            test_size=10_000,
            megabytes=30.9,
        ),
        DatasetInfo(
            name="kmnist",
            title="Kuzushiji-MNIST",
            labels=KUZUSHIJI,
            licence="CC BY-SA 4.0",
            source="Clanuwat et al. 2018 (KMNIST, CODH), https://github.com/rois-codh/kmnist",
            train_size=60_000,
            test_size=10_000,
            megabytes=21.2,
        ),
        DatasetInfo(
            name="emnist_digits",
            title="EMNIST digits",
            labels=DIGITS,
            licence=_NIST,
            source=_EMNIST,
            train_size=240_000,
            test_size=40_000,
            megabytes=561.8,
        ),
        DatasetInfo(
            name="emnist_letters",
            title="EMNIST letters",
            labels=LETTERS,
            licence=_NIST,
            source=_EMNIST,
            train_size=124_800,
            test_size=20_800,
            megabytes=561.8,
        ),
        DatasetInfo(
            name="usps",
            title="USPS",
            labels=DIGITS,
            licence="none stated",
            source="Hull 1994, doi:10.1109/34.291440",
            train_size=7_291,
            test_size=2_007,
            megabytes=8.4,
        ),
        DatasetInfo(
            name="digits",
            title="Small digits (built in)",
            labels=DIGITS,
            licence="CC BY 4.0",
            source="Alpaydin, Kaynak 1998, doi:10.24432/C50P49, as bundled with scikit-learn",
            train_size=1_442,
            test_size=355,
            megabytes=0,
            embedded=True,
        ),
    )
}


def dataset_info(name: str) -> DatasetInfo:
    """The entry of `DATASETS` called `name`; ValueError, with the allowed names, for another."""
    if name not in DATASETS:
        raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, got {name!r}")
    return DATASETS[name]
