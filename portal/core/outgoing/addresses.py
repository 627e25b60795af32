"""Where a request may go: a public address, by https.

The name is looked up once; what is connected to is the number that was checked, so that a name
whose answer changes in between (DNS rebinding) leads nowhere else. `ALLOW_LOCAL_ADDRESSES` lifts
this on a developer's machine; production refuses to start with it.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

HTTPS, HTTP = 443, 80
MOST_LETTERS = 500
EVERYBODYS = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6
CLOUDS = frozenset(map(ipaddress.ip_address, ("168.63.129.16",)))  # public, and yet Azure's inside
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Blocked(Exception):
    """This address is not for us to call. The text is a sentence for who gave it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect (`ip`, `port`), as whom to ask (`host`), and for what (`path`)."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str

    @property
    def authority(self) -> str:
        """The Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = HTTPS if self.scheme == "https" else HTTP
        return name if self.port == usual else f"{name}:{self.port}"


def check_url(url: str) -> SplitResult:
    """The parts of an address whose form is allowed. Where its name leads is not asked yet."""
    if len(url) > MOST_LETTERS or not url.isascii() or any(c <= " " or c == "\x7f" for c in url):
        raise Blocked(_("Enter an address of plain letters, without spaces."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Blocked(_("This is not an address.")) from error
    if parts.scheme != "https" and not (parts.scheme == "http" and not settings.IS_PRODUCTION):
        raise Blocked(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise Blocked(_("Leave user names and passwords out of the address."))
    if not parts.hostname:
        raise Blocked(_("This is not an address."))
    usual = HTTPS if parts.scheme == "https" else HTTP
    if port not in {None, usual} and not settings.ALLOW_LOCAL_ADDRESSES:
        raise Blocked(_("Only the usual port can be called: 443."))
    return parts


def look_up(url: str) -> Target:
    """The one lookup. Refused if any of the name's addresses is not a public one: a name that
    leads to several places is not trusted for the good one among them."""
    parts = check_url(url)
    host = str(parts.hostname)
    port = parts.port or (HTTPS if parts.scheme == "https" else HTTP)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Blocked(_("There is no such host.")) from error
    numbers = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not numbers or not all(map(_may_call, numbers)):
        raise Blocked(_("This address lies in a private network."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, numbers[0], path)


def _may_call(number: str) -> bool:
    return bool(settings.ALLOW_LOCAL_ADDRESSES) or is_public(ipaddress.ip_address(number))


def is_public(address: Address) -> bool:
    """Whether it is an address of everybody's network by itself. An IPv6 address that stands for an
    IPv4 one (mapped, translated, tunnelled) never is: what it leads to depends on who asks."""
    if isinstance(address, ipaddress.IPv6Address):
        packs = address.sixtofour or address.teredo or address.ipv4_mapped
        if packs or address.is_site_local or address not in EVERYBODYS:
            return False
    return (
        address not in CLOUDS
        and address.is_global
        and not (address.is_multicast or address.is_reserved)
    )
