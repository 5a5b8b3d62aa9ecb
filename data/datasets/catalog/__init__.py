"""The one list of datasets; what is known of each, and how it is got, stands in its own file.

To add a dataset is to write a file with its `DatasetInfo` and one import here; loading, downloads,
the command line, the pages and the tests take it from the list.
"""

# In the order of the lists that people see.
# isort: off
from data.datasets.catalog.mnist import MNIST as MNIST
from data.datasets.catalog.fashion_mnist import FASHION_MNIST as FASHION_MNIST
from data.datasets.catalog.kmnist import KMNIST as KMNIST
from data.datasets.catalog.emnist_digits import EMNIST_DIGITS as EMNIST_DIGITS
from data.datasets.catalog.emnist_letters import EMNIST_LETTERS as EMNIST_LETTERS
from data.datasets.catalog.usps import USPS as USPS
from data.datasets.catalog.small_digits import SMALL_DIGITS as SMALL_DIGITS
# isort: on

from data.datasets.info import DatasetInfo

DATASETS: dict[str, DatasetInfo] = {
    info.name: info for info in list(globals().values()) if isinstance(info, DatasetInfo)
}


def dataset_info(name: str) -> DatasetInfo:
    """The entry of `DATASETS` called `name`; ValueError, with the allowed names, for another."""
    if name not in DATASETS:
        raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, got {name!r:.200}")
    return DATASETS[name]
