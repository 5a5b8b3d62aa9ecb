"""What the events of a search may hold: everything that is read from one is checked here first."""

from typing import Any

from nn.runs.folder import is_folder_name
from nn.runs.schema import Read, count, number, text
from nn.search.space import LARGEST, MOST_SETTINGS

SearchEvent = dict[str, Any]

FINISHED, PRUNED, FAILED = "finished", "pruned", "failed"
STATES = (FINISHED, PRUNED, FAILED)
"""How a trial may end. "pruned" are all that ended before their last epoch: because others were
better, the time was up, or the search was stopped; `reason` says which."""

_MOST_WIDTHS = 10
_SECONDS = number(0.0, 1e10)
_SHARE = number(0.0, 1.0)
_LOSS = number(-1.0, 1e100)


def _state(value: Any) -> str | None:
    return value if isinstance(value, str) and value in STATES else None


def _run(value: Any) -> str | None:
    """The id of a run, "" for none."""
    return value if value == "" or is_folder_name(value) else None


def _values(value: Any) -> dict[str, Any] | None:
    """Settings, each a number, a word, true, false, null or a list of whole numbers."""
    if not isinstance(value, dict) or len(value) > MOST_SETTINGS:
        return None
    return value if all(map(_is_value, value.values())) else None


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= _MOST_WIDTHS and all(isinstance(one, int) for one in value)
    if isinstance(value, int | float):
        return abs(value) <= LARGEST
    return value is None or (isinstance(value, str) and len(value) <= 100)


def _shares(value: Any) -> dict[str, float] | None:
    if not isinstance(value, dict) or len(value) > MOST_SETTINGS:
        return None
    return value if all(_SHARE(one) is not None for one in value.values()) else None


_REASONED: dict[str, Read] = {"reason": text, "message": text}

EVENTS: dict[str, dict[str, Read]] = {
    "started": {"trials": count},
    "trial_started": {"trial": count, "run": _run, "params": _values},
    "trial_ended": {
        "trial": count,
        "state": _state,
        "value": _LOSS,
        "val_loss": _LOSS,
        "val_accuracy": _SHARE,
        "epochs": number(0.0, 1e9),
        "best_epoch": count,
        "seconds": _SECONDS,
        **_REASONED,
    },
    "importance": {"trials": count, "shares": _shares},
    "paused": {},
    "left": {},
    "resumed": {},
    "finished": _REASONED,
    "stopped": _REASONED,
    "failed": _REASONED,
}
"""The types of events, and of each the fields that it may have besides `type` and `time`."""

NEEDED = {"trial_started": ("trial", "run", "params"), "trial_ended": ("trial", "state")}
"""Fields without which an event says nothing."""

_time = number(0.0, 3e10)


def checked_event(value: Any) -> SearchEvent | None:
    """An event with those of its fields that are declared here, None where they can't be meant.

    None for what is no event of a known type, or lacks what it needs.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    fields = EVENTS.get(kind) if isinstance(kind, str) else None
    if fields is None or _time(value.get("time")) is None:
        return None
    event: SearchEvent = {"type": kind, "time": value["time"]}
    for name, read in fields.items():
        if name in value:
            event[name] = read(value[name])
    assert isinstance(kind, str)
    return event if all(event.get(name) is not None for name in NEEDED.get(kind, ())) else None
