"""The file of a model as an argument or option."""

from pathlib import Path
from typing import Any

import click

from nn.runs.reader import MODEL


class ModelFile(click.Path):
    """A file that is there. Who names the folder of a run is told which file in it is meant."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        inside = Path(value) / MODEL
        if inside.is_file():
            self.fail(f"{value} is a folder; its network is {inside}", param, ctx)
        return super().convert(value, param, ctx)
