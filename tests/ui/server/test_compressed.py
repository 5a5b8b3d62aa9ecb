import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests import own_loop
from ui.server import compressed
from ui.server.compressed import Compressed

STATIC = Path(streamlit.__file__).with_name("static") / "static"
SCRIPT = max((STATIC / "js").glob("index.*.js"), key=lambda file: file.stat().st_size)
STYLE = next((STATIC / "css").glob("*.css"))


def ask(path, method="GET", **headers):
    """The headers and the content with which a small app answers."""
    app = Starlette(
        routes=[Route("/{path:path}", lambda _: PlainTextResponse("here"))],
        middleware=[Middleware(Compressed)],
    )
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request"}

    headers = {"accept-encoding": "gzip, deflate, br"} | headers
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b""}
    own_loop.run(app(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return answered, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize("below", ["", "/lessons"])
@pytest.mark.parametrize(("file", "kind"), [(SCRIPT, "text/javascript"), (STYLE, "text/css")])
def test_streamlits_scripts_and_styles_come_compressed_and_are_kept_by_the_browser(
    file, kind, below
):
    headers, content = ask(f"{below}/static/{file.parent.name}/{file.name}")
    assert gzip.decompress(content) == file.read_bytes()
    assert len(content) < 0.6 * file.stat().st_size
    assert headers["content-type"].startswith(kind)
    assert headers["content-encoding"] == "gzip"
    assert headers["content-length"] == str(len(content))
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        (f"/static/js/{SCRIPT.name}", {"accept-encoding": "identity"}),
        (f"/static/js/{SCRIPT.name}", {"accept-encoding": "br, GZIP; q=0.000, x-gzip-not"}),
        (f"/static/js/{SCRIPT.name}", {"range": "bytes=0-9"}),
        (f"/static/js/{SCRIPT.name}", {"method": "HEAD"}),
        ("/static/js/nothing.js", {}),
        ("/static/js/../../index.html", {}),
        ("/static/js/..\\..\\secrets.js", {}),
        ("/app/static/plotly.min.js", {}),
        ("/train", {}),
    ],
)
def test_all_else_is_streamlits_to_answer(path, changed):
    headers, content = ask(path, **changed)
    assert "content-encoding" not in headers
    assert content == b"here"


def test_a_file_that_many_ask_for_at_once_is_compressed_once(monkeypatch):
    compress, files = gzip.compress, []

    def counted(file, *arguments, **options):
        files.append(file)
        return compress(file, *arguments, **options)

    compressed._compressed.cache_clear()
    monkeypatch.setattr(gzip, "compress", counted)
    with ThreadPoolExecutor(8) as visitors:
        for asked in [visitors.submit(ask, f"/static/js/{SCRIPT.name}") for _ in range(8)]:
            asked.result()
    assert len(files) == 1
