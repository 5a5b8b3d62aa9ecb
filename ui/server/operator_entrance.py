"""How the operator gets into a server that is full: by a form that needs no visit.

What tells whose browser it is brings NumPy and all of nn/, which a server that starts can do
without: it is imported once somebody comes.
"""

import asyncio
from html import escape
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from ui.components.browser_cookie import NAME
from ui.server.plain_page import plain_page
from ui.shared.operator_secret import operator_secret

PATH = "operators"
"""Of the operator's page, from the page that says that all places are taken."""
PLACES = 5
"""So many pages may be open beyond those of a full server, for operators."""
_MOST_BYTES, _PATIENCE = 2_000, 10.0


def leads_here(scope: Scope) -> bool:
    """Whether somebody asks for the entrance, where there is one."""
    return (
        scope["type"] == "http"
        and scope["path"].endswith(f"/{PATH}")
        and operator_secret() is not None
    )


def is_operators(scope: Scope) -> bool:
    """Whether a browser asks that has signed in as the operator's."""
    from ui.runs.operator import is_operators_browser
    from ui.runs.visitor import browser_name, valid_secret

    kept = HTTPConnection(scope).cookies.get(NAME, "")
    return is_operators_browser(browser_name(valid_secret(kept)))


async def entrance(scope: Scope, receive: Receive, send: Send) -> None:
    """Show the form; or sign in the browser that has sent it, and lead it to the page."""
    request = Request(scope, receive)
    answer = await _sign_in(request) if scope["method"] == "POST" else _form("", 503)
    await answer(scope, receive, send)


async def _sign_in(request: Request) -> Response:
    from ui.runs.operator import sign_in_browser
    from ui.runs.visitor import browser_name, valid_secret

    browser = valid_secret(request.cookies.get(NAME, ""))
    address = request.client.host if request.client else ""
    problem = sign_in_browser(browser_name(browser), address, await _sent_secret(request))
    answer = _form(problem, 403) if problem else RedirectResponse(PATH, 303)
    # As browser_cookie.js writes it, which reads it too.
    is_secure = request.url.scheme == "https"
    answer.set_cookie(NAME, browser, max_age=31_536_000, samesite="lax", secure=is_secure)
    return answer


async def _sent_secret(request: Request) -> str:
    """What stands in the form; "" where it is none."""
    content = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                content += part
                if len(content) > _MOST_BYTES:
                    return ""
    except TimeoutError:
        return ""
    return parse_qs(content.decode("utf-8", "replace")).get("secret", [""])[0]


def _form(problem: str, status: int) -> HTMLResponse:
    content = f"""<h1>Operator</h1>
<p>All places are taken. A few more are kept for whoever knows the operator's secret.</p>
<p role="alert">{escape(problem)}</p>
<form method="post">
<p><label>Secret <input type="password" name="secret" autocomplete="current-password" required
autofocus></label> <button>Sign in</button></p>
</form>
"""
    return HTMLResponse(plain_page("Operator", content), status, {"Cache-Control": "no-store"})
