"""Figures as PNG files: photographed in Chromium, with the script that Plotly brings along."""

from pathlib import Path

import plotly.graph_objects as go

from benchmarks.chromium import launch

SCALE = 2  # pixels of the file for one CSS pixel: sharp on fine screens


def write_pictures(figures: dict[Path, go.Figure]) -> str | None:
    """Write each figure into its file; returns why that can't be done, None when it is."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        return "Playwright is not installed"
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error as error:
            return f"no Chromium: {str(error).splitlines()[0]}"
        page = browser.new_page(device_scale_factor=SCALE)
        for path, figure in figures.items():
            width, height = figure.layout.width, figure.layout.height
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(
                figure.to_html(include_plotlyjs=True, config={"staticPlot": True})
                + "<style>body { margin: 0 }</style>"
            )
            page.wait_for_selector(".main-svg")
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path)
        browser.close()
    return None
