"""Personal values that an append-only table must keep, and forget once a person is erased.

They are encrypted under a key of their subject. The table is never changed; destroying the key is
what erases them, in the database and in every backup that no longer holds the key.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet

from portal.core import clock
from portal.core.models import SubjectKey


def seal(subject: str, values: dict[str, Any]) -> str:
    """`values` (plain ones) as a text that only the subject's key opens."""
    made = {"key": Fernet.generate_key().decode(), "created_at": clock.now()}
    row, _is_new = SubjectKey.objects.get_or_create(subject=subject, defaults=made)
    return Fernet(row.key).encrypt(json.dumps(values, ensure_ascii=False).encode()).decode()


def unseal(subject: str, sealed: str) -> dict[str, Any] | None:
    """The values again; None once the key is gone."""
    row = SubjectKey.objects.filter(subject=subject).first()
    if row is None:
        return None
    values: dict[str, Any] = json.loads(Fernet(row.key).decrypt(sealed.encode()))
    return values


def destroy_key(subject: str) -> bool:
    """Nobody reads the subject's values again. Whether there was a key."""
    return SubjectKey.objects.filter(subject=subject).delete()[0] > 0
