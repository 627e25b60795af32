"""Signatures as Standard Webhooks describes them: https://www.standardwebhooks.com/

`webhook-signature` is `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, under the bytes
that the secret holds in base64 after `whsec_`; several, with a space between, while an old secret
still works.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from portal.core import vault
from portal.webhooks.models import Webhook

MARK = "whsec_"
BYTES = 32


def new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def headers_of(webhook: Webhook, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    at = str(int(now.timestamp()))
    sealed = [webhook.secret_sealed]
    if webhook.has_old_secret(now) and webhook.old_secret_sealed is not None:
        sealed.append(webhook.old_secret_sealed)
    signatures = [sign(vault.unseal(one), message_id, at, body) for one in sealed]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": message_id,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(signatures),
    }


def sign(secret: str, message_id: str, at: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(MARK))
    signed = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
