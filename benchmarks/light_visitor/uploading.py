"""How a file gets from a visitor to the server: not over the websocket."""

import mimetypes
import time
from collections.abc import Iterator

import urllib3

PARTS_A_SECOND = 4


def put_file(
    url: str,
    path: str,
    headers: dict[str, str],
    name: str,
    data: bytes,
    seconds: float,
    rate: float | None = None,
) -> None:
    """Send a file; OSError with the server's words where it is refused or takes too long.

    Args:
        url: of the app.
        path: where the server wants it.
        headers: of the visitor.
        name: of the file.
        seconds: so long the server may be silent.
        rate: bytes a second; as many as can be if not given.
    """
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with urllib3.PoolManager(timeout=seconds, retries=False) as pool:
        try:
            # A first answer brings the cookie that an upload must show.
            first = pool.request("GET", f"{url}/_stcore/health", headers=headers)
            brought = first.headers.get("Set-Cookie", "").split(";")[0]
            cookies = filter(None, (headers.get("Cookie"), brought))
            shown = {"Cookie": "; ".join(cookies), "X-Xsrftoken": brought.partition("=")[2]}
            body, form = urllib3.encode_multipart_formdata({"file": (name, data, kind)})
            answer = pool.request(
                "PUT",
                url + path,
                body=body if rate is None else _slowly(body, rate),
                headers=headers | shown | {"Content-Type": form, "Content-Length": str(len(body))},
            )
        except urllib3.exceptions.HTTPError as error:
            raise OSError(f"{name} was not uploaded: {error}") from error
    if answer.status >= 400:
        raise OSError(f"{name} was not uploaded: {answer.status} {answer.data[:200]!r}")


def _slowly(body: bytes, rate: float) -> Iterator[bytes]:
    size = max(1, round(rate / PARTS_A_SECOND))
    for start in range(0, len(body), size):
        yield body[start : start + size]
        time.sleep(1 / PARTS_A_SECOND)
