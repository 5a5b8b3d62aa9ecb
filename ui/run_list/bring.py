"""Opening a run that somebody sent as a file."""

from io import BytesIO

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import nn
from nn import cost, runs
from nn.runs.archive import Archive, read_archive, unpack
from ui.run_list.table import CHOSEN
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.jobs import jobs
from ui.runs.rights import person
from ui.runs.visitor import this_browser
from ui.settings.network_size import MAX_ANSWER_COST, MAX_PARAMETERS, PIXELS
from ui.shared.error_text import error_text
from ui.shared.tally import Trouble, note
from ui.shared.upload_content import drop_content

MOST_MEGABYTES = 12
"""Of a file; what the server takes at all, see .streamlit/config.toml."""
_MOST_MODEL_BYTES = 4 * MAX_PARAMETERS + 1_000_000

_SEEN = "brought_file"
_SAID = "brought_words"


def bring_run() -> None:
    """Draw the place for a file; what it holds becomes a run of the visitor."""
    with st.expander("Open a run from a file", icon=":material/upload_file:", key="bring_run"):
        upload = st.file_uploader(
            "A run that was downloaded here or elsewhere",
            type="zip",
            max_upload_size=MOST_MEGABYTES,
            key="run_file",
            help="A file that “Download” above has made, on this computer or another one. It "
            "becomes a run of yours. Nothing of it is carried out, and what is no run is refused. "
            f"Above {MOST_MEGABYTES} MB: in a terminal, with `python -m nn runs import`.",
        )
        if upload is None:
            st.session_state.pop(_SEEN, None)
            st.session_state.pop(_SAID, None)
        elif st.session_state.get(_SEEN) != upload.file_id:
            st.session_state[_SEEN] = upload.file_id
            if _bring(upload):
                st.rerun()  # the list
        said = st.session_state.get(_SAID)
        if said is not None:
            kind, words = said
            (st.success if kind == "success" else st.error)(words)


def _bring(upload: UploadedFile) -> bool:
    """Make a file a run; whether it is one now. What came of it is said in the next run, too."""
    try:
        run_id = add_run(read_archive(BytesIO(upload.getvalue()), _MOST_MODEL_BYTES))
    except ValueError as error:
        note(Trouble.UPLOAD, "a run that cannot be read")
        st.session_state[_SAID] = "error", f"This is no run that can be opened: {error_text(error)}"
        return False
    except OSError as error:
        st.session_state[_SAID] = "error", f"It could not be kept. {error_text(error)}"
        return False
    finally:
        drop_content(upload)
    st.session_state[CHOSEN] = [run_id]
    st.session_state[_SAID] = "success", "It is a run of yours now, in the list above."
    return True


def add_run(archive: Archive) -> str:
    """Make what an archive holds a run of the visitor's; its id.

    Raises ValueError, in words for the page, if its network can't be loaded or is larger than one
    may be here, or there is no room; OSError if nothing can be written.
    """
    run = unpack(archive, runs.runs_folder() / runs.new_run_id())
    try:
        _check_network(nn.load(run.model_path))
        run_files.write_token(run.folder)
        owners.write_owner(run.folder, owners.Owner((this_browser(),), person()))
        jobs().make_room()
    except (ValueError, OSError):
        run_files.remove(run)
        raise
    return run.id


def _check_network(network: nn.Network) -> None:
    """ValueError for one that would take too much of the server."""
    if network.num_parameters > MAX_PARAMETERS:
        raise ValueError(
            f"{network.num_parameters:,} parameters are too many; at most {MAX_PARAMETERS:,} are "
            "allowed here."
        )
    of_one_copy = cost.answer_cost(network.layers, PIXELS)
    if of_one_copy * network.averaging.copies > MAX_ANSWER_COST:
        raise ValueError("answers of its network would take longer than is allowed here.")
