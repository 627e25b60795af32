"""Receipts of bills and scans of stamped papers: both sides read them, and operators who may."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.revenue.models import Agreement, Bill, BillStep, VersionSeal

PROOF, SEAL = "bill-proof", "agreement-seal"


def may_read_proof(actor: Actor, file: StoredFile) -> Verdict:
    """Before it is handed in, its uploader alone."""
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    seen = Bill.objects.visible_to(actor)
    if actor.user is not None and actor.has_perm("revenue.view_bill"):
        seen = Bill.objects.in_scope_of(actor.user)
    if BillStep.objects.filter(file=file, bill__in=seen).exists():
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(PROOF, kinds=("image", "pdf"), may_read=may_read_proof)


def may_read_seal(actor: Actor, file: StoredFile) -> Verdict:
    if actor.user_id is not None and actor.user_id == file.uploaded_by_id:
        return ALLOWED
    seen = Agreement.objects.visible_to(actor)
    if actor.user is not None and actor.has_perm("revenue.view_agreement"):
        seen = Agreement.objects.in_scope_of(actor.user)
    if VersionSeal.objects.filter(file=file, version__agreement__in=seen).exists():
        return ALLOWED
    return forbidden(_("This file is not for you."))


register_purpose(SEAL, kinds=("image", "pdf"), may_read=may_read_seal)
