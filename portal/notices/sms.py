"""Text messages through a gateway named by settings.

`SMS_URL` is `console://` (the log; the demo), or the `https://` address of a gateway that takes a
POST of JSON: {"phone", "template", "params"} with the key as a bearer token. `SMS_TEMPLATES` maps
our names of templates to the gateway's own. Nobody is sent anything where it is empty.
"""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Mapping

from django.conf import settings

from portal.core.contacts import masked_phone

logger = logging.getLogger(__name__)
SECONDS = 10  # a gateway that hangs must not hold a worker and its locked row
CONSOLE = "console://"


class NotSent(Exception):
    """The gateway did not take the message; it is tried again later."""


def is_open() -> bool:
    """Whether messages can be sent at all."""
    return bool(settings.SMS_URL)


def send(phone: str, template: str, params: Mapping[str, str]) -> None:
    """Send one message. Neither the number nor what it says stands in the log."""
    if not is_open():
        raise NotSent("SMS_URL is not set")
    if settings.SMS_URL == CONSOLE:
        logger.info("sms", extra={"template": template, "to": masked_phone(phone)})
        return
    body = {
        "phone": phone,
        "template": settings.SMS_TEMPLATES.get(template, template),
        "params": dict(params),
    }
    _post(json.dumps(body).encode())
    logger.info("sms", extra={"template": template, "to": masked_phone(phone)})


def _post(body: bytes) -> None:
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked when settings are read
        settings.SMS_URL,
        data=body,
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.SMS_KEY}",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 - as above
            pass
    except OSError as error:  # the answer's status, the network, the time: no message either way
        raise NotSent(type(error).__name__) from error
