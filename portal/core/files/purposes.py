"""What a file may be for. Each app registers its purposes in its `files.py`.

A purpose says which kinds of file it takes, how large, and who may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.core.actor import SYSTEM, Actor
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Refused, Verdict, forbidden, unmet

MayRead = Callable[[Actor, StoredFile], Verdict]
MayStore = Callable[[Actor, int | None], Verdict]

ACCEPTS = {
    "image": (".jpg", ".jpeg", ".png", ".webp"),
    "pdf": (".pdf",),
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "xml": (".xml",),
}
WORDS = {"image": "JPG, PNG, WebP", "pdf": "PDF", "csv": "CSV", "xlsx": "XLSX", "xml": "XML"}


def may_store_own(actor: Actor, party_id: int | None) -> Verdict:
    """Whoever signed in may upload for themselves and for the party they speak for."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.is_signed_in:
        return forbidden(_("Sign in first."))
    if party_id is not None and not actor.speaks_for(party_id):
        return forbidden(_("You do not speak for this party."))
    return ALLOWED


def may_read_own(actor: Actor, file: StoredFile) -> Verdict:
    """Its uploader and its party."""
    if actor.role == SYSTEM or is_near(actor, file):
        return ALLOWED
    return forbidden(_("This file is not for you."))


def is_near(actor: Actor, file: StoredFile) -> bool:
    """Whether this person may know that the file exists: theirs, or their party's."""
    is_uploader = actor.user_id is not None and actor.user_id == file.uploaded_by_id
    return is_uploader or actor.speaks_for(file.party_id)


@dataclass(frozen=True, slots=True)
class Purpose:
    name: str
    kinds: tuple[str, ...]
    max_bytes: int
    may_read: MayRead
    may_store: MayStore
    is_personal: bool
    max_side: int

    @property
    def accept(self) -> str:
        """For the file field: `.jpg,.pdf`."""
        return ",".join(suffix for kind in self.kinds for suffix in ACCEPTS[kind])

    @property
    def hint(self) -> str:
        kinds = ", ".join(WORDS[kind] for kind in self.kinds)
        return _("%(kinds)s, up to %(size)s.") % {
            "kinds": kinds,
            "size": filesizeformat(self.max_bytes),
        }


_purposes: dict[str, Purpose] = {}


def register_purpose(
    name: str,
    *,
    kinds: Iterable[str] = ("image", "pdf"),
    max_bytes: int = 10 * 1024 * 1024,
    may_read: MayRead = may_read_own,
    may_store: MayStore = may_store_own,
    is_personal: bool = False,
    max_side: int = 3000,
) -> Purpose:
    """Announce a purpose. `is_personal`: every reading is written down. `max_side`: pixels that a
    picture is scaled down to."""
    known = set(kinds) <= ACCEPTS.keys()
    if not known:
        raise ValueError(f"unknown kinds of file: {kinds}")
    purpose = Purpose(name, tuple(kinds), max_bytes, may_read, may_store, is_personal, max_side)
    _purposes[name] = purpose
    return purpose


def purpose_named(name: str) -> Purpose:
    """Refused when nobody registered it."""
    found = _purposes.get(name)
    if found is None:
        raise Refused(unmet(_("There is no such purpose.")))
    return found
