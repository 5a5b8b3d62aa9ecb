"""From `streamlit run` to a page, and from one page to another."""

import statistics
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.app_browser import TITLES, chromium, go_to, new_page, wait_until_drawn
from benchmarks.app_row import Row
from benchmarks.app_server import Server, server

READ_MILLISECONDS = 3000
"""How long the visitor reads the home page, which the app uses."""
IDLE_MILLISECONDS = 10_000


def start_and_switch(folder: Path, rounds: int) -> list[Row]:
    """A new server and a new browser each round: cold start, each page once, then all again."""
    colds, firsts, warms = [], defaultdict(list), defaultdict(list)
    memories: dict[str, list[float]] = defaultdict(list)
    idles = []
    for _ in range(rounds):
        with chromium() as browser:
            page = new_page(browser)
            page.goto("about:blank")
            with server(folder) as app:
                page.goto(app.url, wait_until="commit")
                colds.append(wait_until_drawn(page, "Home") - app.started)
                page.wait_for_timeout(READ_MILLISECONDS)
                memories["Home"].append(app.megabytes())
                for title in ("Train", "Draw", "Evaluate"):
                    firsts[title].append(go_to(page, title))
                    page.wait_for_timeout(READ_MILLISECONDS)
                    memories[title].append(app.megabytes())
                for title in (*TITLES, *TITLES):
                    warms[title].append(go_to(page, title))
                    page.wait_for_timeout(500)
                idles.append(_idle_share(app, page))
    rows = [
        Row("`streamlit run` to the home page drawn", "2 s", seconds(colds)),
        *(Row(f"first switch to {title}", "1 s", seconds(firsts[title])) for title in firsts),
        *(Row(f"switch to {title}, warm", "0.5 s", seconds(warms[title])) for title in TITLES),
        Row("server, a page open on which nothing runs", "~0 % of a core", percent(idles)),
    ]
    for title, target in (("Home", ""), ("Train", ""), ("Draw", "250 MB"), ("Evaluate", "400 MB")):
        rows.append(Row(f"server's memory after {title}", target, megabytes(memories[title])))
    return rows


def _idle_share(app: Server, page: Page) -> float:
    go_to(page, "Train")
    page.wait_for_timeout(READ_MILLISECONDS)
    before = app.cpu_seconds()
    page.wait_for_timeout(IDLE_MILLISECONDS)
    return (app.cpu_seconds() - before) / (IDLE_MILLISECONDS / 1000)


def seconds(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} s"


def percent(values: list[float]) -> str:
    return f"{100 * statistics.median(values):.1f} %"


def megabytes(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} MB"
