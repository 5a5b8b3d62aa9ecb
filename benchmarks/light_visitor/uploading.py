"""How a file gets from a visitor to the server: not over the websocket."""

import mimetypes

import urllib3


def put_file(
    url: str, path: str, headers: dict[str, str], name: str, data: bytes, seconds: float
) -> None:
    """Send a file; OSError with the server's words where it is refused or takes too long.

    Args:
        url: of the app.
        path: where the server wants it.
        headers: of the visitor.
        name: of the file.
        seconds: so long it may take.
    """
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    with urllib3.PoolManager(timeout=seconds, retries=False) as pool:
        try:
            # A first answer brings the cookie that an upload must show.
            first = pool.request("GET", f"{url}/_stcore/health", headers=headers)
            brought = first.headers.get("Set-Cookie", "").split(";")[0]
            cookies = filter(None, (headers.get("Cookie"), brought))
            shown = {"Cookie": "; ".join(cookies), "X-Xsrftoken": brought.partition("=")[2]}
            fields = {"file": (name, data, kind)}
            answer = pool.request("PUT", url + path, fields=fields, headers=headers | shown)
        except urllib3.exceptions.HTTPError as error:
            raise OSError(f"{name} was not uploaded: {error}") from error
    if answer.status >= 400:
        raise OSError(f"{name} was not uploaded: {answer.status} {answer.data[:200]!r}")
