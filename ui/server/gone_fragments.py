"""What a page that was left still asks for does not empty the next one.

A word that a fragment sends as its page is left may come while the next page runs. Streamlit keeps
it until that has run, and then begins a run of that fragment, of the page that was left: at which
the browser clears what it shows. By then the fragment is gone, so nothing is drawn in its place,
and the page stays empty.
"""

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

_run_script = ScriptRunner._run_script


def run_none_that_is_gone() -> None:
    """Begin no run of fragments of which none is there any more; once, when the server starts."""
    ScriptRunner._run_script = _run_unless_gone  # type: ignore[method-assign]


def _run_unless_gone(self: ScriptRunner, rerun_data: RerunData) -> None:
    asked = rerun_data.fragment_id_queue
    if not asked or any(map(self._fragment_storage.contains, asked)):
        _run_script(self, rerun_data)
