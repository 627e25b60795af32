"""The private files of parties: what they are for, and who may read them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties import rules
from portal.parties.models import (
    Claim,
    ClientCase,
    Departure,
    Document,
    OwnedAccount,
    PartyAppeal,
    PartyPicture,
    ShopOpening,
)

PARTY_DOCUMENT = "party-document"
APPEAL_EVIDENCE = "appeal-evidence"
CLAIM_PROOF = "claim-proof"
ACCOUNT_PROOF = "account-proof"
CASE_EVIDENCE = "case-evidence"
DEPARTURE_EVIDENCE = "departure-evidence"
PARTY_PICTURE = "party-picture"
MOST_SHARED = 20  # pictures of one file that are asked
PICTURE_BYTES, PICTURE_SIDE = 5 * 1024 * 1024, 1600


def may_read_document(actor: Actor, file: StoredFile) -> Verdict:
    """Who may read the document it belongs to; before there is one, nobody but its uploader."""
    document = Document.objects.filter(file=file).select_related("party__city").first()
    if document is not None:
        return rules.can_read_document(actor, document)
    return _may_read_loose(actor, file)


def may_read_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Who may read the appeal it belongs to; before there is one, nobody but its uploader."""
    appeal = PartyAppeal.objects.filter(evidence=file).select_related("party__city").first()
    if appeal is not None:
        return rules.can_read_appeal(actor, appeal)
    return _may_read_loose(actor, file)


def may_read_proof(actor: Actor, file: StoredFile) -> Verdict:
    """Who may read the claim it belongs to; before there is one, nobody but its uploader."""
    claims = Claim.objects.filter(statements__files=file).select_related("party__city")
    if (claim := claims.first()) is not None:
        return rules.can_read_claim(actor, claim)
    return _may_read_loose(actor, file)


def may_read_screenshot(actor: Actor, file: StoredFile) -> Verdict:
    """Who may look at the account it is to prove."""
    account = OwnedAccount.objects.filter(screenshot=file).select_related("party__city").first()
    if account is None:
        shown = ShopOpening.objects.filter(screenshot=file).select_related("account__party__city")
        account = opening.account if (opening := shown.first()) else None
    if account is not None:
        return rules.can_read_screenshot(actor, account)
    return _may_read_loose(actor, file)


def may_read_case_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Who may read the evidence of the case it belongs to."""
    case = ClientCase.objects.filter(evidence=file).select_related("party__city").first()
    if case is not None:
        return rules.can_read_case_evidence(actor, case)
    return _may_read_loose(actor, file)


def may_read_departure_evidence(actor: Actor, file: StoredFile) -> Verdict:
    """Both sides of the departure, and who decides it."""
    departures = Departure.objects.filter(statements__files=file)
    departure = departures.select_related("entry__agency", "entry__creator").first()
    if departure is not None:
        return rules.can_read_departure_evidence(actor, departure)
    return _may_read_loose(actor, file)


def may_read_picture(actor: Actor, file: StoredFile) -> Verdict:
    """Who may see a picture it is the file of; an upload nothing uses is its uploader's."""
    pictures = PartyPicture.objects.filter(Q(file=file) | Q(small=file)).select_related(
        "party", "case"
    )
    verdict = _may_read_loose(actor, file)
    for picture in pictures[:MOST_SHARED]:
        verdict = rules.can_see_picture(actor, picture)
        if verdict:
            break
    return verdict


def _may_read_loose(actor: Actor, file: StoredFile) -> Verdict:
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PARTY_DOCUMENT, kinds=("image", "pdf"), may_read=may_read_document)
register_purpose(APPEAL_EVIDENCE, kinds=("image", "pdf"), may_read=may_read_evidence)
register_purpose(CLAIM_PROOF, kinds=("image", "pdf"), may_read=may_read_proof, is_personal=True)
register_purpose(ACCOUNT_PROOF, kinds=("image",), may_read=may_read_screenshot)
register_purpose(CASE_EVIDENCE, kinds=("image", "pdf"), may_read=may_read_case_evidence)
register_purpose(
    DEPARTURE_EVIDENCE,
    kinds=("image", "pdf"),
    may_read=may_read_departure_evidence,
    is_personal=True,
)
register_purpose(
    PARTY_PICTURE,
    kinds=("image",),
    max_bytes=PICTURE_BYTES,
    max_side=PICTURE_SIDE,
    may_read=may_read_picture,
)
