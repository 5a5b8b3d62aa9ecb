"""Limits of the system for the processes that are started meanwhile."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

MEGABYTES = 600
"""Of data for a server that is to fit into a container of 690: so much less as its libraries take,
which are files."""
_STACK_BYTES = 1 << 20


@contextmanager
def soft_limit(kind: int, value: int) -> Iterator[None]:
    """What is started within may have no more, unless it asks for it; `kind` is one of the
    `resource` module's."""
    usual, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (value, most))
    try:
        yield
    finally:
        resource.setrlimit(kind, (usual, most))


@contextmanager
def little_memory() -> Iterator[None]:
    """Each process that is started within gets `MEGABYTES` of data and no more.

    A container counts what is touched; this counts what is asked for, which is more, and can be
    set without being the machine's administrator. Therefore threads get stacks of a megabyte:
    each of the usual ones, which are hardly used, would count as eight.
    """
    with (
        soft_limit(resource.RLIMIT_STACK, _STACK_BYTES),
        soft_limit(resource.RLIMIT_DATA, MEGABYTES * 10**6),
    ):
        yield
