"""Keeping, reading and deleting files. The row and its bytes come and go together.

Bytes are written inside the transaction, after the row: a full disk leaves neither. What a rolled
back transaction left on the disk, and what nobody attached within a day, is pruned.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, outbox
from portal.core.actor import SYSTEM, Actor
from portal.core.files.checks import Checked, check_upload
from portal.core.files.purposes import is_near, purpose_named
from portal.core.models import StoredFile
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Refused,
    Verdict,
    conflict,
    flawless,
    forbidden,
    unmet,
)

MOST_LOOSE = 200  # uploads of one person that nothing holds yet
LOOSE_FOR = DAY = timedelta(hours=24)
PIECE = 64 * 1024
STRAY_DAYS = 3  # how far back bytes without a row are looked for


def private_storage() -> Storage:
    return storages["private"]


@transaction.atomic
def store_file(
    actor: Actor,
    *,
    upload: UploadedFile,
    purpose: str,
    party_id: int | None = None,
    personal: bool = False,
) -> StoredFile:
    """Keep an upload, told by its content and not by its name.

    Nothing holds it yet: call `attach_file` in the transaction that does. `personal` marks a
    single file of a purpose whose files are not all personal.
    """
    asked = purpose_named(purpose)
    asked.may_store(actor, party_id).require()
    _has_room(actor, upload.size or 0).require()
    checked = check_upload(upload, asked)
    return _write(
        actor, checked, purpose, party_id=party_id, personal=personal or asked.is_personal
    )


@transaction.atomic
def keep_made_file(
    actor: Actor,
    *,
    content: IO[bytes],
    content_type: str,
    name: str,
    purpose: str,
    party_id: int | None = None,
    personal: bool = False,
) -> StoredFile:
    """Keep a file the site made itself (an export, a contract); attached from the start."""
    asked = purpose_named(purpose)
    checked = Checked.of(content, content_type, name)
    return _write(
        actor,
        checked,
        purpose,
        party_id=party_id,
        personal=personal or asked.is_personal,
        is_attached=True,
    )


@transaction.atomic
def attach_file(actor: Actor, *, file: StoredFile) -> StoredFile:
    """Something holds the file now: it is no orphan any more."""
    file = StoredFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    can_attach_file(actor, file).require()
    file.attached_at = clock.now()
    file.save(update_fields=["attached_at"])
    return file


@transaction.atomic
def take_file(actor: Actor, *, file_id: uuid.UUID, purpose: str, field: str = "file") -> StoredFile:
    """Attach one's own upload, named by its id, for `purpose`; a flaw of `field` otherwise."""
    mine = StoredFile.objects.loose().filter(pk=file_id, purpose=purpose).uploaded_by(actor)
    file = mine.first()
    if file is None:
        sentence = _("There is no upload of yours with this id. Upload the file first.")
        raise Refused(flawless([Flaw(field, sentence)]))
    return attach_file(actor, file=file)


@transaction.atomic
def delete_file(actor: Actor, *, file: StoredFile, why: str = "") -> StoredFile:
    """The row stays, the bytes go after the commit. Whether this may be is the caller's rule."""
    file = StoredFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if file.deleted_at is None:
        file.deleted_at = clock.now()
        file.save(update_fields=["deleted_at"])
        audit.record(actor, "delete_file", file, before=_facts(file), why=why)
        outbox.put(
            "portal.core.tasks.erase_file",
            key=f"erase-file:{file.pk}",
            payload={"file_id": str(file.pk)},
        )
    return file


@transaction.atomic
def discard_upload(actor: Actor, *, file: StoredFile) -> StoredFile:
    """Delete one's own upload that nothing holds."""
    file = StoredFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    can_discard_upload(actor, file).require()
    return delete_file(actor, file=file)


def read_file(actor: Actor, *, file: StoredFile) -> Iterator[bytes]:
    """The bytes in pieces, for who may read them. A personal file's reading is written down."""
    can_read_file(actor, file).require()
    if file.is_personal:
        audit.record(actor, "read_file", file, after={"purpose": file.purpose})
    return _pieces(file)


def _pieces(file: StoredFile) -> Iterator[bytes]:
    with open_bytes(file) as content:
        while piece := content.read(PIECE):
            yield piece


def open_bytes(file: StoredFile) -> IO[bytes]:
    """The bytes, for the site's own work; no rule is asked."""
    return private_storage().open(file.path)


# --- rules ------------------------------------------------------------------------------------


def can_read_file(actor: Actor, file: StoredFile) -> Verdict:
    if file.deleted_at is not None:
        return conflict(_("This file was deleted."))
    return purpose_named(file.purpose).may_read(actor, file)


def can_attach_file(actor: Actor, file: StoredFile) -> Verdict:
    if file.deleted_at is not None or file.attached_at is not None:
        return conflict(_("This upload is gone or used already. Upload the file again."))
    return _is_uploader(actor, file)


def can_discard_upload(actor: Actor, file: StoredFile) -> Verdict:
    if file.deleted_at is not None or file.attached_at is not None:
        return conflict(_("This file is in use."))
    return _is_uploader(actor, file)


def may_know_of(actor: Actor, file: StoredFile) -> bool:
    """Who may not even know is told "not there"; who may know is told why not."""
    return bool(can_read_file(actor, file)) or is_near(actor, file)


def _is_uploader(actor: Actor, file: StoredFile) -> Verdict:
    if actor.role == SYSTEM or actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("Only who uploaded the file may do this."))


def _has_room(actor: Actor, size: int) -> Verdict:
    loose = StoredFile.objects.loose().uploaded_by(actor).count()
    if loose >= MOST_LOOSE:
        sentence = _("Too many uploads of yours are not in use. They are removed after a day.")
        return conflict(sentence)
    # What was deleted since counts, too: else a file brought and taken back again fills the disk.
    today = StoredFile.objects.uploaded_by(actor).filter(created_at__gt=clock.now() - DAY)
    sent = today.aggregate(bytes=Sum("size"))["bytes"] or 0
    if sent + size > settings.UPLOAD_MEGABYTES_A_DAY * 1024 * 1024:
        return conflict(_("You have uploaded as much as one may in a day. Go on tomorrow."))
    return ALLOWED


# --- what is past its time --------------------------------------------------------------------


def erase_file(file_id: str) -> None:
    """Remove the bytes of a deleted file; safe to repeat."""
    file = StoredFile.objects.get(pk=file_id)
    if file.deleted_at is not None:
        private_storage().delete(file.path)


def prune_files(actor: Actor) -> int:
    """Delete uploads that nothing held within a day, and bytes without a row. How many went."""
    old = StoredFile.objects.loose().filter(created_at__lt=clock.now() - LOOSE_FOR)
    orphans = list(old.order_by("created_at")[:1000])
    for orphan in orphans:
        delete_file(actor, file=orphan, why="nothing held it")
    today = clock.today()
    return len(orphans) + sum(
        _prune_strays(today - timedelta(days=back)) for back in range(1, STRAY_DAYS + 1)
    )


def _prune_strays(day: date) -> int:
    storage, folder = private_storage(), f"{day:%Y/%m/%d}"
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    paths = {f"{folder}/{name}" for name in names}
    known = set(StoredFile.objects.filter(path__in=paths).values_list("path", flat=True))
    for path in paths - known:
        storage.delete(path)
    return len(paths - known)


# --- writing ----------------------------------------------------------------------------------


def _write(
    actor: Actor,
    checked: Checked,
    purpose: str,
    *,
    party_id: int | None,
    personal: bool,
    is_attached: bool = False,
) -> StoredFile:
    now = clock.now()
    file = StoredFile.objects.create(
        purpose=purpose,
        party_id=party_id,
        uploaded_by_id=actor.user_id,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        path=f"{clock.today():%Y/%m/%d}/{secrets.token_hex(20)}",
        is_personal=personal,
        created_at=now,
        attached_at=now if is_attached else None,
    )
    audit.record(actor, "store_file", file, after=_facts(file))
    try:
        private_storage().save(file.path, File(checked.content))
    except OSError as error:
        private_storage().delete(file.path)
        raise Refused(
            unmet(_("There is no room for files at the moment. Try again later."))
        ) from error
    return file


def _facts(file: StoredFile) -> dict[str, object]:
    """What audit keeps of a file: not its name, which may be a person's."""
    return {
        "purpose": file.purpose,
        "party": file.party_id,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
    }
