"""Datasets and pictures: find, load, download, and turn drawings into MNIST-like images."""

from .canvas import from_strokes
from .catalog import DATASETS, DatasetInfo
from .dataset import Dataset
from .download import DownloadError, download
from .image_files import read_image
from .loading import DatasetNotFound, is_available, is_cached, load
from .marks import NoDigit
from .numbers import MOST_STROKES, split_digits
from .pictures import Digit, find_digits
from .store import cache_folder

__all__ = [
    "DATASETS",
    "MOST_STROKES",
    "Dataset",
    "DatasetInfo",
    "DatasetNotFound",
    "Digit",
    "DownloadError",
    "NoDigit",
    "cache_folder",
    "download",
    "find_digits",
    "from_strokes",
    "is_available",
    "is_cached",
    "load",
    "read_image",
    "split_digits",
]
