"""The request as our middleware leaves it, for type checkers and readers."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from portal.core.actor import Actor

if TYPE_CHECKING:
    from portal.parties.models import Membership


IPV6_PLACE = 64  # what one household or one rented server gets


def place_of(address: str) -> str:
    """The address as limits count it: of IPv6 its network, because who has one has them all."""
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if isinstance(number, IPv6Address):
        return str(ip_network((number, IPV6_PLACE), strict=False))
    return address


class PageRequest(HttpRequest):
    """A request with who acts, their memberships, and what htmx asks for."""

    actor: Actor
    memberships: list[Membership]
    htmx: HtmxDetails
