"""A search is a folder: what looks for good settings writes there, and how everybody else reads it.

    search.json     what it does, written once: `SearchSettings`
    events.jsonl    what happened, one JSON object a line, appended, see `schema`
    journal.log     what Optuna knows of it; nobody else reads that
    lock            locked by the process that works on it; those that joined it lock joined/*/lock
    mutex           locked for moments, by who asks for a trial or writes an event
    name.txt        what people call it, if somebody has named it

Each trial is a run of its own, which a search.json in its folder says: `Origin`.
"""

from nn.search.best import best_config, trial_config
from nn.search.fields import check_space, parse_parameter, searchable
from nn.search.folder import remove_search, searches_folder, write_search
from nn.search.listing import list_searches
from nn.search.origin import Origin, read_origin, write_origin
from nn.search.reader import Search
from nn.search.settings import SAMPLERS, SearchSettings, validation_size
from nn.search.space import Choices, Range
from nn.search.trial import Trial
from nn.search.writer import SearchWriter

__all__ = [
    "SAMPLERS",
    "Choices",
    "Origin",
    "Range",
    "Search",
    "SearchSettings",
    "SearchWriter",
    "Trial",
    "best_config",
    "check_space",
    "list_searches",
    "parse_parameter",
    "read_origin",
    "remove_search",
    "searchable",
    "searches_folder",
    "trial_config",
    "validation_size",
    "write_origin",
    "write_search",
]
