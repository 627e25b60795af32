"""Values that identify a person, encrypted at rest, and found again by their fingerprint.

`settings.DATA_KEYS` holds the keys, the newest first: it seals, every one of them opens. A
fingerprint is an HMAC under a key derived from the newest; while a rotation is under way a value
may still stand under an older one, so look for all of `fingerprints(value)`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models, transaction


def seal(value: str) -> bytes:
    return _box(tuple(settings.DATA_KEYS)).encrypt(value.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Raises `cryptography.fernet.InvalidToken` where no key fits."""
    return _box(tuple(settings.DATA_KEYS)).decrypt(bytes(sealed)).decode()


def fingerprint(value: str, purpose: str) -> str:
    """64 hexadecimal digits; the same value has another fingerprint for each purpose."""
    return _fingerprint(settings.DATA_KEYS[0], value, purpose)


def fingerprints(value: str, purpose: str) -> list[str]:
    """Under every key, the newest first."""
    return [_fingerprint(key, value, purpose) for key in settings.DATA_KEYS]


@transaction.atomic
def reseal(row: models.Model, sealed: str, printed: Iterable[tuple[str, str]] = ()) -> None:
    """Write a row's sealed field under the newest key, and its fingerprints: (field, purpose)."""
    value = unseal(getattr(row, sealed))
    setattr(row, sealed, seal(value))
    names = [sealed]
    for field, purpose in printed:
        setattr(row, field, fingerprint(value, purpose))
        names.append(field)
    row.save(update_fields=names)


Resealer = Callable[[], int]
_resealers: list[Resealer] = []


def register_resealer(resealer: Resealer) -> Resealer:
    """For parts above the parties' that keep sealed values: writes each row of theirs by `reseal`,
    and says how many."""
    _resealers.append(resealer)
    return resealer


def resealers() -> list[Resealer]:
    return _resealers


def _fingerprint(key: str, value: str, purpose: str) -> str:
    message = f"{purpose}\x1f{value}".encode()
    return hmac.new(_derived(key, "fingerprint"), message, hashlib.sha256).hexdigest()


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, "seal"))) for key in keys])


def _derived(key: str, use: str) -> bytes:
    """Each use has a key of its own, so that one tells nothing of the other."""
    return hmac.new(key.encode(), f"trilink:{use}".encode(), hashlib.sha256).digest()
