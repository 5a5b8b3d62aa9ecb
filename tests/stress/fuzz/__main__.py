"""One case alone: what it raises is not caught."""

import click

from tests.stress.fuzz.campaign import case, trial_of
from tests.stress.fuzz.kinds import KINDS


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("number", type=int)
def one(kind: str, number: int) -> None:
    """Try case NUMBER of KIND."""
    trial_of(kind)(case(kind, number))
    click.echo("It passed.")


if __name__ == "__main__":
    one()
