"""Handing documents in, answering them, and what happens when their last day passes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless, unmet
from portal.notices.services import in_both
from portal.parties import rules
from portal.parties.fields import DocumentFields
from portal.parties.files import PARTY_DOCUMENT
from portal.parties.listing import publish_listing
from portal.parties.models import Document, DocumentKind, ExpiryReminder, Party
from portal.parties.services.parties import lock_party, tell_party
from portal.parties.services.reminders import REMINDERS, reminders_due
from portal.parties.states import DocumentFamily, DocumentStatus, PartyStatus

Source = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@transaction.atomic
def hand_in_document(
    actor: Actor,
    *,
    party: Party,
    kind: DocumentKind,
    source: Source,
    fields: DocumentFields,
    link: int | None = None,
) -> Document:
    """Keep a document for the party. It replaces the one of its kind that is not accepted; the
    accepted one counts until this one is. `link` of a chain: None adds one at its end."""
    party = lock_party(party)
    rules.can_upload_document(actor, party).require()
    rules.document_is_sound(kind, fields).require()
    place = _place(party, kind, link)
    file = _file_of(actor, party, kind, source)
    waiting = Document.objects.filter(party=party, kind=kind, link=place)
    for earlier in waiting.exclude(status__in=[DocumentStatus.REPLACED, DocumentStatus.ACCEPTED]):
        _change_status(actor, earlier, DocumentStatus.REPLACED, verb="replace_document")
    document = Document.objects.create(
        party=party,
        kind=kind,
        link=place,
        file=file,
        number=fields.number.strip(),
        granted_by=fields.granted_by.strip(),
        granted_to=fields.granted_to.strip(),
        expires_on=fields.expires_on,
        uploaded_at=clock.now(),
        uploaded_by_id=actor.user_id,
    )
    after = {"kind": kind.code, "link": place, "expires_on": fields.expires_on}
    audit.record(actor, "hand_in_document", document, after={"party": party.pk, **after})
    return document


@transaction.atomic
def withdraw_document(actor: Actor, *, document: Document) -> Document:
    """Take back what nobody has accepted yet."""
    document = _lock(document)
    rules.can_withdraw_document(actor, document).require()
    _change_status(actor, document, DocumentStatus.REPLACED, verb="withdraw_document")
    return document


@transaction.atomic
def accept_document(actor: Actor, *, document: Document) -> Document:
    """The document says what the party says. An earlier accepted one gives way."""
    document = _lock(document)
    rules.can_check_document(actor, document).require()
    if document.status == DocumentStatus.ACCEPTED:
        raise Refused(conflict(_("This document was answered already.")))
    if rules.is_past(document):
        raise Refused(conflict(_("Its last day has passed; return it.")))
    take_as_accepted(actor, document)
    return document


@transaction.atomic
def return_document(actor: Actor, *, document: Document, reason: str) -> Document:
    """Send it back; the applicant reads `reason`. Also one that was accepted and proved wrong."""
    document = _lock(document)
    rules.can_check_document(actor, document).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    if _has_newer(document):
        raise Refused(conflict(_("A newer one has been handed in; answer that one.")))
    document.reason = reason.strip()
    _decide(actor, document, DocumentStatus.RETURNED, "return_document", why=document.reason)
    publish_listing(document.party)
    if document.party.status != PartyStatus.SUBMITTED:  # else the answer to the application tells
        tell_party(
            document.party,
            event="document.returned",
            key=f"document-returned:{document.pk}",
            sentence=gettext_noop("%(kind)s of %(party)s was returned: %(reason)s"),
            params=_named(document) | {"reason": document.reason[:200]},
            url=document.get_absolute_url(),
        )
    return document


def take_as_accepted(actor: Actor, document: Document) -> None:
    """Within a locked party: what a reviewer has found right."""
    earlier = Document.objects.filter(
        party=document.party_id,
        kind=document.kind_id,
        link=document.link,
        status=DocumentStatus.ACCEPTED,
    )
    for replaced in earlier:
        _change_status(actor, replaced, DocumentStatus.REPLACED, verb="replace_document")
    document.reason = ""
    _decide(actor, document, DocumentStatus.ACCEPTED, "accept_document")
    publish_listing(document.party)


def take_as_uploaded(actor: Actor, document: Document) -> None:
    """Within a locked party: an appeal has found that it was returned wrongly."""
    document.reason, document.decided_at, document.decided_by = "", None, None
    _change_status(actor, document, DocumentStatus.UPLOADED, verb="reopen_document")


def accept_waiting_documents(actor: Actor, *, party: Party) -> None:
    """Within a locked party, whose application is approved: what was handed in with it is right."""
    for document in Document.objects.filter(party=party, status=DocumentStatus.UPLOADED):
        if not rules.is_past(document):
            document.party = party
            take_as_accepted(actor, document)
    lacking = rules.unproven(rules.checklist(party))
    if lacking:
        sentence = _("Not proven yet: %(names)s.") % {"names": rules.in_words(lacking)}
        raise Refused(unmet(sentence))


# --- last days ------------------------------------------------------------------------------------


def expire_documents(actor: Actor) -> int:
    """End every accepted document whose last day has passed; how many. Each in a transaction of
    its own, and safe to run twice."""
    past = Document.objects.filter(
        status=DocumentStatus.ACCEPTED, expires_on__lt=clock.today()
    ).order_by("expires_on")
    return sum(_expire(actor, document) for document in past[:1000])


def remind_of_expiry(actor: Actor) -> int:
    """Tell parties of documents that end in 30 days, in 7, and today; how many were told. A day
    that beat missed is made up for."""
    horizon = clock.today() + timedelta(days=max(REMINDERS))
    ending = Document.objects.filter(
        status=DocumentStatus.ACCEPTED, expires_on__lte=horizon, expires_on__gte=clock.today()
    )
    related = ending.select_related("party", "kind").prefetch_related("reminders")
    return sum(_remind(actor, document) for document in related.order_by("expires_on"))


@transaction.atomic
def _expire(actor: Actor, document: Document) -> int:
    document = _lock(document)
    if document.status != DocumentStatus.ACCEPTED or not rules.is_past(document):
        return 0
    if _has_newer(document):  # it stands for the one being checked, and counts no more
        _change_status(actor, document, DocumentStatus.REPLACED, verb="replace_document")
    else:
        _change_status(actor, document, DocumentStatus.EXPIRED, verb="expire_document")
    publish_listing(document.party)
    tell_party(
        document.party,
        event="document.expired",
        key=f"document-expired:{document.pk}",
        sentence=gettext_noop(
            "%(kind)s of %(party)s has expired. Until a new one is accepted, its categories "
            "are not shown in the directory."
        )
        if document.kind.family == DocumentFamily.PERMIT
        else gettext_noop("%(kind)s of %(party)s has expired. Hand in a new one."),
        params=_named(document),
        url=document.get_absolute_url(),
    )
    return 1


@transaction.atomic
def _remind(actor: Actor, document: Document) -> int:
    """The nearest reminder that is due, once; the ones it makes needless are written, too."""
    assert document.expires_on is not None  # the query asked for it
    left = (document.expires_on - clock.today()).days
    new, is_told = reminders_due(left, {reminder.days for reminder in document.reminders.all()})
    rows = [ExpiryReminder(document=document, days=d, sent_at=clock.now()) for d in new]
    ExpiryReminder.objects.bulk_create(rows, ignore_conflicts=True)
    if not is_told:
        return 0
    tell_party(
        document.party,
        event="document.expiring",
        key=f"document-expiring:{document.pk}:{min(new)}",
        sentence=gettext_noop("%(kind)s of %(party)s is valid until %(day)s. Hand in the next."),
        params=_named(document) | {"day": document.expires_on.isoformat()},
        url=document.get_absolute_url(),
    )
    return 1


# --- pieces ---------------------------------------------------------------------------------------


def _lock(document: Document) -> Document:
    """The document under its party's lock, so that answers about one party come one by one."""
    party = lock_party(document.party)
    locked = Document.objects.select_related("kind").get(pk=document.pk)
    locked.party = party
    return locked


def _place(party: Party, kind: DocumentKind, link: int | None) -> int:
    if not kind.is_chain:
        return 0
    last = Document.objects.filter(party=party, kind=kind).current().aggregate(n=Max("link"))["n"]
    place = link or (last or 0) + 1
    if place > min((last or 0) + 1, rules.MOST_LINKS):
        sentence = _("A chain has at most %(n)s links, without a gap between them.")
        raise Refused(unmet(sentence % {"n": rules.MOST_LINKS}))
    return place


def _file_of(actor: Actor, party: Party, kind: DocumentKind, source: Source) -> StoredFile:
    if isinstance(source, uuid.UUID):
        return _take(actor, party, kind, source)
    file = store_file(
        actor,
        upload=source,
        purpose=PARTY_DOCUMENT,
        party_id=party.pk,
        personal=kind.is_personal,
    )
    return attach_file(actor, file=file)


def _take(actor: Actor, party: Party, kind: DocumentKind, upload: uuid.UUID) -> StoredFile:
    """An upload made before its kind was known: from here on it is the party's, and personal."""
    file = take_file(actor, file_id=upload, purpose=PARTY_DOCUMENT)
    file.party_id, file.is_personal = party.pk, kind.is_personal
    file.save(update_fields=["party_id", "is_personal"])
    return file


def _has_newer(document: Document) -> bool:
    others = Document.objects.filter(
        party=document.party_id, kind=document.kind_id, link=document.link
    ).exclude(pk=document.pk)
    return others.exclude(status__in=[DocumentStatus.REPLACED, DocumentStatus.ACCEPTED]).exists()


def _decide(
    actor: Actor, document: Document, status: DocumentStatus, verb: str, why: str = ""
) -> None:
    document.decided_at, document.decided_by_id = clock.now(), actor.user_id
    _change_status(actor, document, status, verb=verb, why=why)


def _change_status(
    actor: Actor, document: Document, status: DocumentStatus, *, verb: str, why: str = ""
) -> None:
    if not rules.can_become_document(document, status):
        raise Refused(conflict(_("This is not possible in the document's present state.")))
    before, document.status = document.status, status
    document.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    audit.record(
        actor, verb, document, before={"status": before}, after={"status": status}, why=why
    )


def _named(document: Document) -> dict[str, Any]:
    return {"kind": in_both(document.kind), "party": document.party.name}
