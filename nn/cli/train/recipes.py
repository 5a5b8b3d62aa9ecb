"""`python -m nn train --recipe NAME`: the settings that made a model, from a file.

A recipe is `models/recipes/NAME.toml`: a `title` and a `description` for people, and under
`[training]` the fields of `nn.TrainingConfig`; under each `[[training.other_members]]` those in
which a further network of an ensemble differs.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from nn.training.config import TrainingConfig

FOLDER = Path(__file__).resolve().parents[3] / "models" / "recipes"
_LARGEST = 5_000
"""Bytes; a recipe has some hundreds. Time and memory for a key grow with the square of its dots."""


@dataclass(frozen=True)
class Recipe:
    """What a recipe file says; `title` and `description` are for people."""

    title: str
    description: str
    config: TrainingConfig


def names() -> list[str]:
    """The recipes there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read(name: str) -> Recipe:
    """The recipe of this name; usage error if there is none, or a wrong one."""
    if name not in names():
        raise click.BadParameter(
            f"must be one of {', '.join(names()) or '(none)'}, got {name!r}", param_hint="--recipe"
        )
    path = FOLDER / f"{name}.toml"
    try:
        recipe = _parse(path)
        kinds = {field: type(value) for field, value in recipe.items()}
        if kinds != {"title": str, "description": str, "training": dict}:
            raise ValueError(
                "it must hold a title and a description, both texts, and [training], got "
                + (
                    ", ".join(f"{field} ({kind.__name__})" for field, kind in kinds.items())
                    or "none"
                )
            )
        config = TrainingConfig.from_dict(recipe["training"])
        return Recipe(recipe["title"], recipe["description"], config)
    except (OSError, ValueError, TypeError) as error:  # tomllib's error is a ValueError too
        raise click.UsageError(f"{path} is no recipe: {error}") from error


def _parse(path: Path) -> dict[str, Any]:
    with open(path, "rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError(f"it must have at most {_LARGEST:,} bytes")
    try:
        return tomllib.loads(content.decode())
    except RecursionError:
        raise ValueError("it must not nest so deeply") from None


def _use(context: click.Context, _: click.Parameter, name: str | None) -> str | None:
    """Let the settings of a recipe be the defaults of the options; those given still count."""
    if name is not None:
        settings: dict[str, Any] = read(name).config.to_dict()
        for field in ("convolutions", "hidden"):
            settings[field] = tuple(settings[field])
        # There is no option for them: they go to the command as they are.
        context.params["other_members"] = settings.pop("other_members")
        context.default_map = settings
    return name


option = click.option(
    "--recipe",
    callback=_use,
    is_eager=True,
    help="Take the settings of models/recipes/NAME.toml; options given beside it still count.",
    metavar="NAME",
)
"""For the commands that train; it decorates them as `training_options` does."""
