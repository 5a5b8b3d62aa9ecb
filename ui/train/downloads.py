"""Downloads of datasets for the visitors of this server.

Each goes on in a thread, whether or not someone looks at it, and only once for all visitors. Only
one at a time does so; the others wait.
"""

import logging
import os
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

import data
from ui.shared.tally import Trouble, note

RETRY_SECONDS = 600.0
"""A download that nobody has asked for is not tried again earlier than so long after a failure."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Download:
    """How far a download is.

    asked: False if it began by itself. share: 0 to 1. text: what is being done.
    ended: when it was over (`time.monotonic`), None until then; with neither `error`, which says
    why it failed (`cause`: in the words of a system or library), nor `done`, which says that the
    dataset is here, a visitor has cancelled it.
    """

    asked: bool = True
    share: float = 0.0
    text: str = "starting"
    ended: float | None = None
    error: str | None = None
    cause: str = ""
    done: bool = False


class _Cancelled(Exception):
    """Ends a download from inside."""


class Downloads:
    """The downloads of one server; safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._states: dict[str, Download] = {}
        self._stops: dict[str, threading.Event] = {}

    def start(self, name: str) -> None:
        """Begin to download a dataset, after those under way; nothing if it is among them."""
        with self._lock:
            if not self.is_active(name):
                self._begin(name, asked=True)

    def start_by_itself(self, name: str) -> None:
        """Begin a download that nobody has asked for.

        Nothing if SCRATCH_NN_DOWNLOAD is `never`, if it is under way, if a visitor has cancelled
        it, or if it failed less than `RETRY_SECONDS` ago.
        """
        if os.environ.get("SCRATCH_NN_DOWNLOAD") == "never":
            return
        with self._lock:
            last = self._states.get(name)
            if last is None or last.done or self._may_be_tried_again(last):
                self._begin(name, asked=False)

    def _may_be_tried_again(self, last: Download) -> bool:
        """Whether a download failed, and some time ago."""
        failed = last.error is not None and last.ended is not None
        return failed and time.monotonic() >= (last.ended or 0.0) + RETRY_SECONDS

    def cancel(self, name: str) -> None:
        """Stop the download of a dataset, for all visitors; nothing if it is not under way."""
        with self._lock:
            if self.is_active(name):
                self._stops[name].set()
                self._states[name] = Download(ended=time.monotonic())

    def state(self, name: str) -> Download | None:
        """How far the download of a dataset is; None if there has been none."""
        return self._states.get(name)

    def is_active(self, name: str) -> bool:
        """Whether the dataset is being downloaded or waits for that."""
        state = self._states.get(name)
        return state is not None and state.ended is None

    def _begin(self, name: str, asked: bool) -> None:
        stop = threading.Event()
        self._stops[name] = stop
        self._states[name] = Download(asked=asked)
        threading.Thread(
            target=self._download, args=(name, stop), name=f"download {name}", daemon=True
        ).start()

    def _download(self, name: str, stop: threading.Event) -> None:
        """Wait for the turn, then download: a thread's work."""
        if not self._turn.acquire(blocking=False):
            self._note(name, stop, text="waiting for another download")
            self._turn.acquire()
        try:
            if not stop.is_set():
                self._download_now(name, stop)
        finally:
            self._turn.release()

    def _download_now(self, name: str, stop: threading.Event) -> None:
        self._note(name, stop, text="starting")

        def report(progress: dict[str, Any]) -> None:
            if stop.is_set():
                raise _Cancelled
            done, total = progress["done"], progress["total"]
            text = f"{done / 1e6:.1f} MB of {total / 1e6:.1f} MB"
            self._note(name, stop, share=min(1.0, done / total), text=text)

        end: dict[str, Any] = {}
        try:
            data.download(name, on_progress=report)
        except _Cancelled:
            return
        except data.DownloadError as error:
            note(Trouble.DOWNLOAD, f"{name}: {error.sentence}")
            end |= {"error": error.sentence, "cause": error.cause}
        except Exception:
            _log.exception("the download of %s broke off", name)
            note(Trouble.DOWNLOAD, f"{name}: it broke off")
            end["error"] = "The download broke off for an unknown reason."
        else:
            end["done"] = True
        self._note(name, stop, ended=time.monotonic(), **end)

    def _note(self, name: str, stop: threading.Event, **changes: Any) -> None:
        """Change the state, unless this download was cancelled: the state is another one's then."""
        with self._lock:
            if not stop.is_set():
                self._states[name] = replace(self._states[name], **changes)


@st.cache_resource(show_spinner=False)
def downloads() -> Downloads:
    """The one `Downloads` of this server."""
    return Downloads()
