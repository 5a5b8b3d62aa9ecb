"""What the page Playground gives a visitor, and ten of them at once."""

import statistics
from dataclasses import asdict

import click

from benchmarks import markdown
from benchmarks.competition import Settings
from benchmarks.playground import NETWORKS, Answers, Playing, playground
from benchmarks.playground_players import PLAYERS, Together, ten_players
from benchmarks.sections import Section

SPEEDS = ("Normal", "Full")
OPENINGS = 5


def playground_section(settings: Settings) -> Section:
    """Frames, epochs, bytes and answers, each beside what it is to be."""
    seconds = 2.0 if settings.quick else 10.0
    times, frames = (2, 10) if settings.quick else (10, 100)
    with playground(settings.folder) as page:
        openings = [page.opening() for _ in range(2 if settings.quick else OPENINGS)]
        playing = []
        for network in NETWORKS:
            for speed in SPEEDS:
                click.echo(f"  {network}, {speed}", err=True)
                playing.append(page.playing(network, speed, seconds))
        answers = [page.answers(network, times, frames) for network in NETWORKS]
    click.echo(f"  {PLAYERS} players", err=True)
    together = ten_players(settings.folder, 2 * seconds)
    text = (
        "The page Playground in Chromium, while it plays: one player alone.\n\n"
        + markdown.table(
            ["network, speed", "frames/s", "epochs/s", "server", "browser", "kB/s"],
            [_playing_row(one) for one in playing],
        )
        + "\n\nMilliseconds until it is on screen: medians, and of a weight under a dragging hand "
        "what the browser works for each change.\n\n"
        + markdown.table(
            ["network", "pause", "a step", "a weight"], [_answers_row(one) for one in answers]
        )
        + f"\n\nThe first surface stands {markdown.number(statistics.median(openings))} s after a "
        "click in the menu.\n\nTen players at once, no browser, at normal speed and 4-2: they ask "
        "and play back as the page does, and what they would draw is not drawn.\n\n"
        + markdown.table(
            ["each of ten players, no browser", "least", "median"], _together_rows(together)
        )
        + f"\n\nThe server takes {together.server:.0%} of a core for all."
    )
    raw = {
        "openings": openings,
        "playing": [asdict(one) for one in playing],
        "answers": [asdict(one) for one in answers],
        "together": asdict(together),
    }
    return Section("Playground", text, raw)


def _playing_row(one: Playing) -> list[str]:
    shares = [f"{one.server:.0%}", f"{one.browser:.0%}"]
    numbers = [markdown.number(value) for value in (one.frames, one.epochs)]
    return [f"{one.network}, {one.speed}", *numbers, *shares, markdown.number(one.kilobytes)]


def _answers_row(one: Answers) -> list[str]:
    seconds = (statistics.median(one.pause), statistics.median(one.step), one.change)
    return [one.network, *(markdown.number(1000 * value) for value in seconds)]


def _together_rows(one: Together) -> list[list[str]]:
    return [
        [what, markdown.number(min(values)), markdown.number(statistics.median(values))]
        for what, values in (("frames/s", one.frames), ("epochs/s", one.epochs))
    ]
