"""The process that does one piece of work: it comes in as a pickle, and its progress goes out so.

    python -P -m ui.long_work.child < (function, arguments)

Each message is a pickle too: Progress, Done or Failed, the last of which ends it. The process ends
with its input: when the server is no more, or does not want the work any longer.
"""

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Generator
from typing import Any, BinaryIO

from ui.long_work.piece import Done, Failed, Progress
from ui.server.memory import keep_little

_NICE = 10
"""Pages and trainings go first. Windows has no `nice`: there the server asks for it."""


def main() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICE)
    keep_little()
    # What the work prints must not get between the messages.
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    work = _work()
    threading.Thread(target=_end_with_input, daemon=True).start()
    _send(messages, _outcome(messages, work))


def _work() -> Generator[Progress, None, Any]:
    """What has come in. Nothing else holds its arguments: it can let go what it has done with."""
    function, arguments = pickle.load(sys.stdin.buffer)
    work: Generator[Progress, None, Any] = function(*arguments)
    return work


def _outcome(messages: BinaryIO, work: Generator[Progress, None, Any]) -> Done | Failed:
    try:
        while True:
            _send(messages, next(work))
    except StopIteration as end:
        return Done(end.value)
    except ValueError as error:
        return Failed(str(error))
    except FileNotFoundError:  # such as a run that was deleted meanwhile
        return Failed("what it is about is not there any more")
    except MemoryError:
        return Failed("there is too little memory for this on the server at the moment")
    except Exception:
        traceback.print_exc()
        return Failed("something went wrong on the server")


def _send(messages: BinaryIO, message: Progress | Done | Failed) -> None:
    pickle.dump(message, messages, protocol=pickle.HIGHEST_PROTOCOL)
    messages.flush()


def _end_with_input() -> None:
    # Not through the buffer: this thread may stand there when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
