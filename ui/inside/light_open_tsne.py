"""openTSNE without scikit-learn, which it imports all of for things that are not used here: 100 MB
and more than a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_ASKED_FOR = ("", ".base", ".decomposition", ".neighbors", ".utils")


class _Absent(ModuleType):
    """Whatever is imported from it is there, and is of no use."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


@contextmanager
def without_scikit_learn() -> Iterator[None]:
    """Import openTSNE within this. Its own search for neighbours and its own starts, which need
    scikit-learn, it can't do then. Where that is loaded already it stays what it is."""
    if "sklearn" in sys.modules:
        yield
        return
    names = [f"sklearn{name}" for name in _ASKED_FOR]
    sys.modules.update({name: _Absent(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]
