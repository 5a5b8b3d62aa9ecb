"""Commands for a running training: JSON lines on standard input, and signals.

A line is `{"command": "pause"}`, `"resume"`, `"stop"`, or
`{"command": "set", "name": "learning_rate", "value": 0.05}`. A small thread reads them into a queue
that the training looks at between two batches. Signals go into the same queue, so that there is one
place where a training is told to do something else.
"""

import io
import json
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from nn.checks import learning_rate

STEERING = ("pause", "resume", "stop", "set")


@dataclass(frozen=True)
class Command:
    """One thing to do: a steering command, "closed" (end of input) or "signal".

    `value` is the new learning rate of "set" and the number of a "signal"; `reason` is that of the
    event which a "stop" ends the run with, "" for none.
    """

    name: str
    value: float = 0
    reason: str = ""


# SimpleQueue.put may be called from a signal handler; queue.Queue.put may not.
Commands = queue.SimpleQueue[Command]


def parse(line: bytes | str) -> Command:
    """Read one control line; raises ValueError that says what is wrong with it."""
    try:
        message: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from error
    name = message.get("command") if isinstance(message, dict) else None
    if name not in STEERING:
        raise ValueError(f"command must be one of {', '.join(STEERING)}, got {name!r:.200}")
    if name != "set":
        return Command(name)
    if message.get("name") != "learning_rate":
        raise ValueError(f"name must be learning_rate, got {message.get('name')!r:.200}")
    return Command("set", learning_rate(message.get("value")))


def complain(line: bytes | str, reason: object) -> None:
    """Say on standard error that a control line was ignored, and why."""
    text = line.decode(errors="replace") if isinstance(line, bytes) else line
    print(f"control line ignored: {text.strip()[:200]!r}: {reason}", file=sys.stderr, flush=True)


def listen(commands: Commands) -> threading.Thread:
    """Start the thread that reads lines from standard input until it is closed."""

    def read_lines() -> None:
        # Unbuffered: a daemon thread that holds a buffered reader's lock breaks Python's exit.
        with io.FileIO(0, closefd=False) as stream:
            for line in stream:
                try:
                    commands.put(parse(line))
                except ValueError as error:
                    complain(line, error)
        commands.put(Command("closed"))

    thread = threading.Thread(target=read_lines, name="control", daemon=True)
    thread.start()
    return thread


@contextmanager
def signals_as_commands(commands: Commands) -> Iterator[None]:
    """Turn the first SIGINT or SIGTERM into a command; a second one acts at once, as usual.

    Python tells its main thread alone of signals: within another this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def handle(number: int, frame: FrameType | None) -> None:
        restore()
        commands.put(Command("signal", number))

    for number in before:
        signal.signal(number, handle)
    try:
        yield
    finally:
        restore()
