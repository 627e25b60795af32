"""Gateways that seal a hash electronically. `ESIGN_GATEWAY` names one: `console`, or the path of a
class with `seal(sha256, name) -> number`, which raises where it could not."""

from __future__ import annotations

import logging
import uuid
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict

log = logging.getLogger(__name__)


class Gateway(Protocol):
    def seal(self, sha256: str, name: str) -> str:
        """Seal the hash for a company; the gateway's number of it."""


class ConsoleGateway:
    """For trying out: seals at once, and says so in the log."""

    def seal(self, sha256: str, name: str) -> str:
        reference = f"console-{uuid.uuid4()}"
        log.info("sealed", extra={"sha256": sha256, "reference": reference})
        return reference


def can_use_gateway() -> Verdict:
    if settings.ESIGN_GATEWAY:
        return ALLOWED
    return conflict(_("There is no gateway for electronic seals here; upload the stamped scan."))


def gateway() -> Gateway:
    if settings.ESIGN_GATEWAY == "console":
        return ConsoleGateway()
    found: Gateway = import_string(settings.ESIGN_GATEWAY)()
    return found
