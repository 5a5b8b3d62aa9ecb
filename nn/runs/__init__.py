"""A run is a folder: what a training writes there, and how everybody else reads it.

    config.json            the settings, written once
    events.jsonl           what happened, one JSON object a line; appended to, and thinned out by
                           another file in its place when it has grown
    start.safetensors      the weights to begin with; only of a run that does not draw its own
    model.safetensors      the newest weights; at the end the final ones
    checkpoint.safetensors what going on needs; beside it checkpoint-before.safetensors, and
                           checkpoint-former-rate.safetensors where the learning rate was set
    history/               moments of the way there, see `nn.history`
    lock                   locked by the process that trains, for as long as it lives
    name.txt               what people call it, if somebody has named it
    pinned                 an empty file: it stays when old ones are cleared away
    brought.json           of a run that came as one file, see `archive`

Every event has `type`, `time` (Unix seconds), `step` and `epoch`. A run that went on from a
checkpoint has a `resumed` event; what it did after that checkpoint the first time doesn't count.
Nothing but the standard library and filelock is used, so that reading runs costs little; `archive`,
which takes files of strangers, also reads what is in their model.
"""

from nn.runs.folder import list_runs, new_run_id, remove_run, runs_folder, write_config
from nn.runs.lock import RunLocked, is_locked
from nn.runs.reader import CLOSING, DIVERGED, Run
from nn.runs.run_name import MAX_NAME, clean_name, write_name
from nn.runs.summary import Summary, summarise
from nn.runs.writer import RunWriter

__all__ = [
    "CLOSING",
    "DIVERGED",
    "MAX_NAME",
    "Run",
    "RunLocked",
    "RunWriter",
    "Summary",
    "clean_name",
    "is_locked",
    "list_runs",
    "new_run_id",
    "remove_run",
    "runs_folder",
    "summarise",
    "write_config",
    "write_name",
]
