"""Pages that the server sends by itself: they need no visit, and nothing of the app."""

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
{head}<title>{title} · scratch-nn</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 sans-serif; max-width: 32rem; margin: 20vh auto; padding: 1rem }}
input, button {{ font: inherit; min-height: 2.75rem; box-sizing: border-box }}
</style>
{content}"""


def plain_page(title: str, content: str, *, head: str = "") -> str:
    """A whole page, light or dark as the browser is.

    Args:
        title: of the tab.
        content: what the page shows, in HTML.
        head: what its head holds besides, in HTML.
    """
    return _PAGE.format(title=title, content=content, head=head)
