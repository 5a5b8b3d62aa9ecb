"""Makes Python on Linux or macOS lack what it lacks on Windows, for the project's own modules.

Python runs this first in every process that has this folder in PYTHONPATH, and in those which that
starts. Libraries keep what they import: they have code of their own for Windows.
"""

import builtins
import multiprocessing
import multiprocessing.context
import os

OURS = ("nn", "data", "ui", "pages", "examples", "__main__", "__mp_main__")
MODULES = ("fcntl", "grp", "posix", "pwd", "resource", "termios", "tty")
FUNCTIONS = ("fork", "forkpty", "killpg", "mkfifo", "nice", "register_at_fork", "setsid")

import_module = builtins.__import__


def import_as_on_windows(name, globals=None, locals=None, fromlist=(), level=0):
    importer = str((globals or {}).get("__name__", ""))
    if name.partition(".")[0] in MODULES and importer.partition(".")[0] in OURS:
        raise ModuleNotFoundError(f"No module named {name!r} (on Windows)", name=name)
    return import_module(name, globals, locals, fromlist, level)


builtins.__import__ = import_as_on_windows
for name in FUNCTIONS:
    if hasattr(os, name):
        delattr(os, name)

FOLDERS = tuple(os.environ.get(name, "?") for name in ("SCRATCH_NN_RUNS", "SCRATCH_NN_CACHE"))
met = set()


def open_at_first(move):
    """Replacing or renaming a file, each time refused once: as if somebody had it open."""

    def move_at_second(source, target, **options):
        called = (move, os.fspath(target), os.stat(source).st_mtime_ns)
        if str(called[1]).startswith(FOLDERS) and called not in met:
            met.add(called)
            raise PermissionError(13, "somebody has it open", called[1])
        move(source, target, **options)

    return move_at_second


os.replace, os.rename = open_at_first(os.replace), open_at_first(os.rename)

multiprocessing.set_start_method("spawn")
multiprocessing.get_all_start_methods = lambda: ["spawn"]
del multiprocessing.context.ForkContext, multiprocessing.context.ForkProcess
del multiprocessing.context._concrete_contexts["fork"]
