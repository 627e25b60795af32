"""The private files of parties: what they are for, and who may read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties import rules
from portal.parties.models import Claim, Document, OwnedAccount, PartyAppeal

PARTY_DOCUMENT = "party-document"
APPEAL_EVIDENCE = "appeal-evidence"
CLAIM_PROOF = "claim-proof"
ACCOUNT_PROOF = "account-proof"


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
    if account is not None:
        return rules.can_read_screenshot(actor, account)
    return _may_read_loose(actor, file)


def _may_read_loose(actor: Actor, file: StoredFile) -> Verdict:
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PARTY_DOCUMENT, kinds=("image", "pdf"), may_read=may_read_document)
register_purpose(APPEAL_EVIDENCE, kinds=("image", "pdf"), may_read=may_read_evidence)
register_purpose(CLAIM_PROOF, kinds=("image", "pdf"), may_read=may_read_proof, is_personal=True)
register_purpose(ACCOUNT_PROOF, kinds=("image",), may_read=may_read_screenshot)
