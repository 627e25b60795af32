"""Keeping evidence under plain names: a file's own name may tell who handed it in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import PurePath

from portal.conduct.fields import Evidence
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile


def keep_evidence(
    actor: Actor, pieces: Sequence[Evidence], *, purpose: str, party_id: int | None = None
) -> list[StoredFile]:
    """Each file attached, and called by its number."""
    files = [_file_of(actor, piece, purpose) for piece in pieces]
    for number, file in enumerate(files, start=1):
        file.name = f"evidence-{number}{PurePath(file.name).suffix}"
        file.party_id = party_id
        file.save(update_fields=["name", "party_id"])
    return files


def _file_of(actor: Actor, piece: Evidence, purpose: str) -> StoredFile:
    if isinstance(piece, uuid.UUID):
        return take_file(actor, file_id=piece, purpose=purpose, field="evidence")
    return attach_file(actor, file=store_file(actor, upload=piece, purpose=purpose))
