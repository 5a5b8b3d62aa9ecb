"""Where datasets are published, and their checksums: the list that torchvision keeps.

It stands in the classes of torchvision's source files and is read there. Importing torchvision for
it would take seconds and hundreds of megabytes, for torch.
"""

import ast
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class TorchvisionMissing(Exception):
    """torchvision is not installed."""


class TorchvisionUnreadable(Exception):
    """torchvision is installed, but its list is not where or what it was; the message says more."""


@contextmanager
def listed(module: str, name: str) -> Iterator[dict[str, Any]]:
    """Gives what a class of torchvision sets its attributes to, where their values are spelled out.

    Args:
        module: the file in torchvision's `datasets` folder, without its ending.
        name: of the class.

    Raises:
        TorchvisionMissing: if torchvision is not installed.
        TorchvisionUnreadable: if it has no such class, or what happens inside shows that the class
            is not what was expected: KeyError, TypeError or ValueError.
    """
    path = _folder() / f"{module}.py"
    try:
        yield dict(_assigned(_class(path, name)))
    except (KeyError, TypeError, ValueError) as error:
        raise TorchvisionUnreadable(
            f"{name} in {path} is not as expected: {type(error).__name__}: {error}"
        ) from error


def _folder() -> Path:
    spec = importlib.util.find_spec("torchvision")
    if spec is None or not spec.submodule_search_locations:
        raise TorchvisionMissing("torchvision is not installed")
    return Path(spec.submodule_search_locations[0]) / "datasets"


def _class(path: Path, name: str) -> ast.ClassDef:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError) as error:
        raise TorchvisionUnreadable(f"{path}: {error}") from error
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef) and statement.name == name:
            return statement
    raise TorchvisionUnreadable(f"there is no class {name} in {path}")


def _assigned(definition: ast.ClassDef) -> Iterator[tuple[str, Any]]:
    for statement in definition.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name, value = statement.targets[0].id, statement.value
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            name, value = statement.target.id, statement.value or ast.Constant(None)
        else:
            continue
        try:
            yield name, ast.literal_eval(value)
        except ValueError:  # computed, such as a sorted list
            continue
