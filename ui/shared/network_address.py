"""Where other people's browsers find this app."""

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import streamlit as st


def is_local(url: str) -> bool:
    """Whether an address means the very computer that opens it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified  # 0.0.0.0 is every computer's own


def visitor_address() -> str:
    """From where this visitor comes; "" where that tells nobody from another: it is not known, or
    private, as that of a proxy is that all come through. Of IPv6 the part that one household has.
    """
    return public_part(st.context.ip_address or "")


def public_part(address: str) -> str:
    """The same of an address; "" for what is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if not found.is_global:
        return ""
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def listens_to_others() -> bool:
    """Whether this server takes connections from other computers."""
    address: str | None = st.get_option("server.address")
    if address is None or address in ("0.0.0.0", "::"):
        return True
    return not is_local(f"http://[{address}]" if ":" in address else f"http://{address}")


def network_url(url: str) -> str | None:
    """A local address of this server as others in its network have to write it; None where it is
    in no network."""
    host = _address_in_network()
    if host is None:
        return None
    parts = urlsplit(url)
    port = "" if parts.port is None else f":{parts.port}"
    return parts._replace(netloc=f"{host}{port}").geturl()


def _address_in_network() -> str | None:
    """This computer's address towards the outside. No packet is sent: connecting a socket of UDP
    only looks up the way."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # an address that is kept free for examples
        host: str = probe.getsockname()[0]
        found = ipaddress.ip_address(host)
        return None if found.is_loopback or found.is_unspecified else host
    return None
