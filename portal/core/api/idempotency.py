"""API writes that may be repeated safely.

The answer is stored in the write's own transaction. The same credential and key with the same
body gets the first answer; another body 422; while the first is in flight 409. A refused or
failed write stores nothing and may be tried again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from portal.core import clock
from portal.core.api.schema import PARTY_HEADER
from portal.core.models import IdempotencyKey

ViewMethod = Callable[..., Response]
MAX_KEY = 200
OWNER = "owner"  # the role of who registers a party
NO_BODY = Value(None, JSONField())  # null in JSON; without a field, the column's own


def idempotent(method: ViewMethod) -> ViewMethod:
    """Run a write in one transaction, and once for each Idempotency-Key."""

    @wraps(method)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > MAX_KEY:
            return _problem(_("Idempotency-Key may have at most 200 characters."), 422)
        with transaction.atomic():
            if not key:
                return method(view, request, *args, **kwargs)
            return _answer_once(request, key, lambda: method(view, request, *args, **kwargs))

    return answer


def _answer_once(request: Request, key: str, write: Callable[[], Response]) -> Response:
    credential = _credential(request)
    if not _lock(f"{credential}\x1f{key}"):
        return _problem(_("The first request with this Idempotency-Key is still in flight."), 409)
    body_hash = _hash(request)
    seen = IdempotencyKey.objects.filter(credential=credential, key=key).first()
    if seen is not None and seen.body_hash != body_hash:
        return _problem(_("This Idempotency-Key was used with another request."), 422)
    if seen is not None:
        return Response(seen.answer, status=seen.status, headers={"Idempotency-Replayed": "true"})
    response = write()
    answer = json.loads(json.dumps(response.data, cls=DjangoJSONEncoder))
    IdempotencyKey.objects.create(
        credential=credential,
        key=key,
        body_hash=body_hash,
        status=response.status_code,
        answer=NO_BODY if answer is None else answer,
        created_at=clock.now(),
    )
    return response


def _credential(request: Request) -> str:
    """The person, the party they ask to speak for, and their role in it: an answer for a manager
    is none for the member they have become. Not the party they do speak for: registering their
    first one changes it, and the repeat would be another's. They will own that one."""
    if credential := getattr(request.auth, "credential", ""):  # an API key
        other = request.actor.key_party_id is not None  # one key, several parties
        return f"{credential}:{request.actor.party_id}" if other else str(credential)
    party = request.headers.get(PARTY_HEADER.name) or str(request.session.get("party", ""))
    role = request.actor.role if request.actor.party_id else OWNER
    return f"user:{request.user.pk}:party:{party[:20]}:{role}"


def _lock(name: str) -> bool:
    """Hold `name` until the transaction ends; False if somebody else holds it."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        number = int.from_bytes(digest, "big", signed=True)
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _hash(request: Request) -> str:
    body = json.dumps(request.data, sort_keys=True, cls=_BodyEncoder)
    return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()


class _BodyEncoder(DjangoJSONEncoder):
    """An upload stands for its bytes."""

    def default(self, value: Any) -> Any:
        if isinstance(value, UploadedFile):
            digest = hashlib.sha256()
            for chunk in value.chunks():
                digest.update(chunk)
            value.seek(0)
            return digest.hexdigest()
        return super().default(value)


def _problem(sentence: str, code: int) -> Response:
    return Response({"detail": sentence}, status=code)
