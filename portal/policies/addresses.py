"""The part of an address that is kept beside a consent: the network, not the household."""

from __future__ import annotations

from ipaddress import ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

PREFIX = {4: 24, 6: 48}


def ip_prefix(request: HttpRequest) -> str:
    """`203.0.113.0/24` or `2001:db8:1::/48`; empty where the address is unknown."""
    try:
        address = ip_network(get_adapter(request).get_client_ip(request))
    except (ValueError, PermissionDenied):
        return ""
    return str(address.supernet(new_prefix=PREFIX[address.version]))
