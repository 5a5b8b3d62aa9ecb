"""What happens when more visitors come than the server can carry."""

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.counting import TRY_AGAIN_LATER, visits
from ui.server.handles import raise_limit
from ui.server.operator_entrance import PATH, PLACES, entrance, is_operators, leads_here
from ui.server.plain_page import plain_page
from ui.shared.operator_secret import operator_secret
from ui.shared.operator_settings import MAX_VISITS, operator_setting

HANDLES_EACH, HANDLES_ELSE = 4, 200
AGAIN_SECONDS = 20

_HEAD = f'<meta http-equiv="refresh" content="{AGAIN_SECONDS}">\n'
_CONTENT = f"""<h1>All places are taken</h1>
<p>More people are here than this server can carry. This page tries again by itself every
{AGAIN_SECONDS} seconds; nothing needs to be done.</p>
"""
_ENTRANCE = f'<p><a href="{PATH}">I am the operator</a></p>\n'


class Full:
    """Lets no more visits begin than there may be, but for a few of operators; who is here
    notices nothing. ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        handles = raise_limit()
        self._most = operator_setting(MAX_VISITS)
        if handles is not None:
            self._most = max(1, min(self._most, (handles - HANDLES_ELSE) // HANDLES_EACH))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_room = visits().now < self._most or (
            visits().now < self._most + PLACES and is_operators(scope)
        )
        if leads_here(scope) and (not has_room or scope["method"] == "POST"):
            await entrance(scope, receive, send)
        elif has_room:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
        elif scope["type"] == "http" and _opens_a_page(scope):
            again = {"Retry-After": str(AGAIN_SECONDS), "Cache-Control": "no-store"}
            content = _CONTENT if operator_secret() is None else _CONTENT + _ENTRANCE
            page = plain_page("Full at the moment", content, head=_HEAD)
            await HTMLResponse(page, 503, again)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _opens_a_page(scope: Scope) -> bool:
    """Browsers ask for a file to be saved as they ask for a page; it is somebody's who is here."""
    accepted = Headers(scope=scope).get("accept", "")
    return "text/html" in accepted and "/media/" not in scope["path"]
