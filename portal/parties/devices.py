"""What a request tells of a device and a place: enough to tell one's own from a stranger's."""

from __future__ import annotations

import ipaddress
import re

BROWSERS = (  # the first that matches: a chat app's browser names Chrome or Safari, too
    ("WeCom", r"wxwork"),
    ("WeChat", r"MicroMessenger"),
    ("Lark", r"Lark|Feishu"),
    ("DingTalk", r"DingTalk"),
    ("Edge", r"Edg"),
    ("Firefox", r"Firefox|FxiOS"),
    ("Chrome", r"Chrome|CriOS"),
    ("Safari", r"Safari"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("HarmonyOS", r"HarmonyOS|OpenHarmony"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux"),
)
UNKNOWN = "?"


def device_of(agent: str) -> str:
    """`Chrome · Windows`."""
    return f"{_first(BROWSERS, agent)} · {_first(SYSTEMS, agent)}"


def place_of(address: str) -> str:
    """The network, not the address: 198.51.*.*, 2001:db8::/32."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    if found.version == 4:
        return ".".join(str(found).split(".")[:2]) + ".*.*"
    return str(ipaddress.ip_network(f"{found}/32", strict=False))


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), UNKNOWN)
