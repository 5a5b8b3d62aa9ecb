"""The way to a cluster, where there is what it needs."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nn.cli.search.cluster_place import ClusterPlace


_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:\d+")


def open_cluster(address: str, say: Callable[[str], None]) -> "ClusterPlace":
    """Connect to the Dask cluster of a scheduler.

    Args:
        address: of the scheduler, like tcp://10.0.0.5:8786.
        say: called with a sentence for people.

    Raises ClickException with what to do: where distributed is not installed, for what is no
    address, and where no scheduler answers.
    """
    if not _ADDRESS.fullmatch(address):
        raise click.BadParameter(
            "must be the address of a Dask scheduler like tcp://10.0.0.5:8786, "
            f"got {address!r:.200}",
            param_hint="--dask",
        )
    try:
        from nn.cli.search.cluster_place import ClusterPlace  # slow
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("dask", "distributed"):
            raise
        raise click.ClickException(
            "--dask needs Dask's scheduler and workers, which are not installed here: "
            "pip install -r requirements-cluster.txt"
        ) from error
    return ClusterPlace(address, say)
