"""Datasets and pictures: find, load, download, and turn drawings into MNIST-like images."""

from data.datasets.catalog import DATASETS
from data.datasets.dataset import Dataset
from data.datasets.download import DownloadError, download
from data.datasets.info import DatasetInfo
from data.datasets.loading import DatasetNotFound, is_available, is_cached, load
from data.datasets.store import cache_folder
from data.drawing.decimal_points import decimal_points
from data.drawing.split_digits import MOST_STROKES, split_digits
from data.drawing.split_rows import split_rows
from data.drawing.stroke_image import from_strokes
from data.pictures.find_digits import Digit, find_digits, taken_apart
from data.pictures.image_files import read_image
from data.pictures.marks import NoDigit

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
    "decimal_points",
    "download",
    "find_digits",
    "from_strokes",
    "is_available",
    "is_cached",
    "load",
    "read_image",
    "split_digits",
    "split_rows",
    "taken_apart",
]
