"""The lists of kinds: of losses, optimizers and so on, each beside its members.

A list is whatever its module has imported, in that order. To add a member is to write a file and
one import; building, the command line, the pages and the tests take it from the list.
"""

from inspect import isabstract
from typing import Any, TypeVar

Kind = TypeVar("Kind")


def classes(kind: type[Kind], module: dict[str, Any]) -> list[type[Kind]]:
    """The classes of a kind among a module's names (its `globals()`)."""
    return [
        member
        for member in module.values()
        if isinstance(member, type) and issubclass(member, kind) and not isabstract(member)
    ]


def classes_by_name(kind: type[Kind], module: dict[str, Any]) -> dict[str, type[Kind]]:
    """The same by their `name`."""
    return {_name(member): member for member in classes(kind, module)}


def objects_by_name(kind: type[Kind], module: dict[str, Any]) -> dict[str, Kind]:
    """The same for objects of a class."""
    return {_name(member): member for member in module.values() if isinstance(member, kind)}


def _name(member: Any) -> str:
    name: str = member.name
    return name
