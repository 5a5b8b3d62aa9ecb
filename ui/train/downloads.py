"""Downloads of datasets that the visitors of this server asked for.

Each goes on in a thread, whether or not someone looks at it, and only once for all visitors. Only
one at a time does so, because each takes 1 GB (for torch); the others wait.
"""

import logging
import threading
from dataclasses import dataclass
from typing import Any

import streamlit as st

import data

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Download:
    """How far a download is.

    share: 0 to 1, None while that is not known. text: what is being done.
    error: why it failed, None while it hasn't. done: True when the dataset is here.
    """

    share: float | None = None
    text: str = "starting"
    error: str | None = None
    done: bool = False


class Downloads:
    """The downloads of one server; safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._states: dict[str, Download] = {}

    def start(self, name: str) -> None:
        """Begin to download a dataset, after those under way; nothing if it is among them."""
        with self._lock:
            if self.is_active(name):
                return
            self._states[name] = Download()
        threading.Thread(
            target=self._download, args=(name,), name=f"download {name}", daemon=True
        ).start()

    def state(self, name: str) -> Download | None:
        """How far the download of a dataset is; None if nobody has asked for it."""
        return self._states.get(name)

    def is_active(self, name: str) -> bool:
        """Whether the dataset is being downloaded or waits for that."""
        state = self._states.get(name)
        return state is not None and not state.done and state.error is None

    def _download(self, name: str) -> None:
        if not self._turn.acquire(blocking=False):
            self._states[name] = Download(text="waiting for another download")
            self._turn.acquire()
        try:
            self._download_now(name)
        finally:
            self._turn.release()

    def _download_now(self, name: str) -> None:
        self._states[name] = Download()

        def report(progress: dict[str, Any]) -> None:
            done, total = progress.get("done", 0), progress.get("total")
            share = min(1.0, done / total) if total else None
            self._states[name] = Download(share, f"{done / 1e6:.1f} MB")

        try:
            data.download(name, on_progress=report)
        except data.DownloadError as error:
            self._states[name] = Download(error=str(error))
        except Exception:
            _log.exception("the download of %s broke off", name)
            self._states[name] = Download(error="The download broke off for an unknown reason.")
        else:
            self._states[name] = Download(1.0, "done", done=True)


@st.cache_resource(show_spinner=False)
def downloads() -> Downloads:
    """The one `Downloads` of this server."""
    return Downloads()
