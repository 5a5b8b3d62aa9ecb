"""How it is with the server, for its operator: visits, memory, and what went wrong."""

import shutil
import time
from pathlib import Path

import streamlit as st

from nn.runs import runs_folder
from ui.runs import text as run_text
from ui.runs.jobs import jobs
from ui.runs.operator import is_operator
from ui.runs.process import memory
from ui.server.counting import visits
from ui.shared.machine_memory import container_memory, own_memory
from ui.shared.tally import tally
from ui.shared.url_text import plain

REFRESH_SECONDS = 5.0


@st.fragment(run_every=REFRESH_SECONDS)
def server_figures() -> None:
    """Draw visits, memory and such; it renews itself while the visitor is the operator."""
    _only_for_the_operator()
    with st.container(horizontal=True, gap="large", key="server_figures"):
        for name, value, words in _figures():
            st.metric(name, value, help=words, width="content")
    if not visits().most:  # this one would count
        st.warning(
            "This server was not started by `streamlit run streamlit_app.py`: it sends no security "
            "headers, has no limits for files and visits, and counts none.",
            icon=":material/gpp_maybe:",
        )


@st.fragment(run_every=REFRESH_SECONDS)
def server_troubles() -> None:
    """Draw what was refused and failed; it renews itself in the same way."""
    _only_for_the_operator()
    st.subheader("Refused and failed since the server's start", anchor=False)
    counts = tally().counts()
    for trouble, count in counts.items():
        ago = run_text.duration(time.monotonic() - count.last)
        reason = plain(count.reason)
        st.markdown(f"**{count.times:,} ×** {trouble.value}. The last, {ago} ago: {reason}")
    if not counts:
        st.caption("Nothing.")


def _only_for_the_operator() -> None:
    if not is_operator():
        st.rerun()  # the whole page: it shows the entrance


def _figures() -> list[tuple[str, str, str]]:
    """Name, value, and what it means; without what the system doesn't tell."""
    now = visits()
    figures = [
        ("Visits", str(now.now), f"Open pages; {now.most} at most since the start."),
        ("Up for", run_text.duration(time.monotonic() - now.since), "Since the server's start."),
    ]
    limit = container_memory()
    words = (
        "The trainings' comes on top"
        if limit is None
        else f"Of {_size(limit)} for it and the trainings"
    )
    if own_memory():
        figures.append(("Memory of the server", _size(own_memory()), f"{words}."))
        figures.append(("Memory of trainings", _size(_memory_of_trainings()), "All that run now."))
    files = _open_files()
    if files is not None:
        most = "When there is no room for more, nobody can come any more."
        figures.append(("Open files", f"{files[0]:,} of {files[1]:,}", most))
    return [*figures, ("Disk", f"{_size(_free_disk())} free", "Where the trainings are kept.")]


def _memory_of_trainings() -> int:
    processes = (jobs().process_id(state.key) for state in jobs().line().active)
    return sum(memory(process) or 0 for process in processes if process is not None)


def _open_files() -> tuple[int, int] | None:
    """How many files and connections the server has open, and may; only Linux tells."""
    try:
        limits = Path("/proc/self/limits").read_text("ascii").splitlines()
        most = next(line.split()[3] for line in limits if line.startswith("Max open files"))
        return len(list(Path("/proc/self/fd").iterdir())), int(most)
    except (OSError, ValueError, StopIteration):
        return None


def _free_disk() -> int:
    folder = runs_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _size(number: float) -> str:
    return f"{number / 1e6:,.0f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"
