"""What a page that was left still asks for neither empties the next one nor leads back.

A word that a fragment sends as its page is left may come while the next page runs. Streamlit keeps
it until that has run, and then begins a run of that fragment, of the page that was left: at which
the browser clears what it shows. By then the fragment is gone, so nothing is drawn in its place,
and the page stays empty.

If it comes before the next page runs, Streamlit makes one run of both, of the page that was asked
for last: the one that was left. So the next page never came, and Back was undone. The same is it
with `st.rerun` of the page that was left.
"""

from dataclasses import replace

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    ScriptRequestType,
)

_run_script = ScriptRunner._run_script
_request = ScriptRequests._request_rerun_locked


def run_none_that_is_gone() -> None:
    """Begin no run of fragments of which none is there any more, and go to the page that the
    visitor has asked for; once, when the server starts."""
    ScriptRunner._run_script = _run_unless_gone  # type: ignore[method-assign]
    ScriptRequests._request_rerun_locked = _request_on_page  # type: ignore[method-assign]


def _run_unless_gone(self: ScriptRunner, rerun_data: RerunData) -> None:
    asked = rerun_data.fragment_id_queue
    if not asked or any(map(self._fragment_storage.contains, asked)):
        _run_script(self, rerun_data)


def _request_on_page(self: ScriptRequests, new_data: RerunData) -> bool:
    asked = self._rerun_data
    is_own = _is_rerun(new_data)
    if (
        self._state is ScriptRequestType.RERUN
        and not asked.fragment_id_queue
        and (new_data.fragment_id or is_own)
    ):
        # What was pressed in it counts, wherever that was.
        is_there = new_data.page_script_hash == asked.page_script_hash
        new_data = replace(
            new_data,
            page_script_hash=asked.page_script_hash,
            page_name=asked.page_name,
            is_history_navigation=asked.is_history_navigation,
            query_string=new_data.query_string
            if is_there and not (is_own and asked.is_history_navigation)
            else asked.query_string,
        )
    return _request(self, new_data)


def _is_rerun(data: RerunData) -> bool:
    """Whether the page that runs asks for it, of itself."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and data.page_script_hash == context.page_script_hash
