"""What the page Playground gives a visitor, and ten of them at once."""

import statistics
from dataclasses import asdict

import click

from benchmarks import markdown
from benchmarks.competition import Settings
from benchmarks.playground import NETWORKS, PLAYERS, Answers, Playing, Together, playground
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
        together = page.together(seconds)
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
        f"click in the menu. {_together_text(together)}"
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


def _together_text(one: Together) -> str:
    return (
        f"{PLAYERS} players at once, of which one draws (the others' browsers would be elsewhere), "
        f"have at least {markdown.number(min(one.frames))} frames and "
        f"{markdown.number(min(one.epochs))} epochs a second each; the server takes "
        f"{one.server:.0%} of a core for all."
    )
