"""Who may hand in, look at and answer a document."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties import states
from portal.parties.fields import DocumentFields
from portal.parties.models import Document, DocumentKind, Party
from portal.parties.rules.parties import can_manage_party, may_review
from portal.parties.states import DocumentStatus, PartyStatus

MOST_LINKS = 9  # of a chain


def can_upload_document(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status == PartyStatus.SUBMITTED:
        return conflict(_("The application is under review; take it back to change its documents."))
    if party.status == PartyStatus.REFUSED:
        return conflict(_("The application was refused; begin it anew to change its documents."))
    if party.status == PartyStatus.CLOSED:
        return conflict(_("This party is closed."))
    return ALLOWED


def can_attest_documents(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the platform itself takes documents over."))


def can_withdraw_document(actor: Actor, document: Document) -> Verdict:
    if not (verdict := can_upload_document(actor, document.party)):
        return verdict
    if document.status not in {DocumentStatus.UPLOADED, DocumentStatus.RETURNED}:
        return conflict(_("Only a document that was not accepted yet can be taken back."))
    return ALLOWED


def can_check_document(actor: Actor, document: Document) -> Verdict:
    if not (verdict := may_review(actor, document.party)):
        return verdict
    if document.status not in {DocumentStatus.UPLOADED, DocumentStatus.ACCEPTED}:
        return conflict(_("This document was answered already."))
    if document.party.status in {PartyStatus.DRAFT, PartyStatus.NEED_INFO, PartyStatus.CLOSED}:
        return conflict(_("This document has not been handed in."))
    return ALLOWED


def can_read_document(actor: Actor, document: Document) -> Verdict:
    """Those who sign for the party, and the reviewers of its region."""
    if actor.role == SYSTEM or (
        actor.speaks_for(document.party_id) and actor.role in states.MANAGING
    ):
        return ALLOWED
    if actor.speaks_for(document.party_id):
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return may_review(actor, document.party)


def can_become_document(document: Document, status: DocumentStatus) -> bool:
    return status in states.DOCUMENT_TRANSITIONS[document.status]


def document_is_sound(kind: DocumentKind, fields: DocumentFields) -> Verdict:
    return flawless(flaws_of_document(kind, fields))


def flaws_of_document(kind: DocumentKind, fields: DocumentFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "number", "granted_by", "granted_to")
    if kind.must_expire and fields.expires_on is None:
        yield Flaw("expires_on", _("This document has a last day; enter it."))
    if fields.expires_on is not None and fields.expires_on < clock.today():
        yield Flaw("expires_on", _("Its last day has passed; hand in the one that is valid now."))
    if kind.is_permit and not fields.number.strip():
        yield Flaw("number", _("Enter the number of the certificate."))
    if kind.is_chain:
        for name in ("granted_by", "granted_to"):
            if not getattr(fields, name).strip():
                yield Flaw(name, _("Say who grants and to whom, as on the document."))
