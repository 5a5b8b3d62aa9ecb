"""Getting a dataset ready for training while its settings are still being chosen."""

import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache

import data
from ui.shared.child_environment import child_environment

# With lower priority than the pages and trainings; Windows has no `nice`.
_CODE = "import os, sys, data; hasattr(os, 'nice') and os.nice(10); data.load(sys.argv[1])"


@cache
def fill(name: str) -> threading.Thread:
    """Check and unpack a dataset that is on this computer into the cache; once for each.

    For MNIST that takes a second or two, which the first training would begin later. A process
    of its own does it: in a thread it stops all pages for 0.2 seconds and keeps 20 MB. If it
    fails, the first training tells why.
    """
    thread = threading.Thread(target=_fill, args=(name,), name=f"cache {name}", daemon=True)
    thread.start()
    return thread


def _fill(name: str) -> None:
    if data.is_cached(name):
        return
    with suppress(OSError, data.DatasetNotFound):
        child = subprocess.run(
            [sys.executable, "-P", "-c", _CODE, name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
        )
        if child.returncode != 0:
            # Files may be damaged. This process has to know it, to offer the download instead.
            data.load(name)
