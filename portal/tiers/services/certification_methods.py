"""Methods of the mark: one person proposes, another approves; a document never changes."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.evaluation.engine import hash_document
from portal.policies.states import DatedStatus
from portal.tiers import rules
from portal.tiers.certification_fields import MethodFields
from portal.tiers.models import CertificationMethod
from portal.tiers.states import RULES_TRANSITIONS


@transaction.atomic
def propose_certification_method(actor: Actor, *, fields: MethodFields) -> CertificationMethod:
    """It waits for a second person; rounds are scored by it once it is approved."""
    rules.can_propose_certification_method(actor).require()
    rules.certification_method_is_sound(fields).require()
    return write_certification_method(actor, fields)


def write_certification_method(actor: Actor, fields: MethodFields) -> CertificationMethod:
    method = CertificationMethod(
        version=fields.document["version"],
        document=dict(fields.document),
        digest=hash_document(dict(fields.document)),
        source=fields.source.strip(),
        proposed_by=actor.user,
        proposed_at=clock.now(),
    )
    try:
        with transaction.atomic():
            method.save()
    except IntegrityError as error:
        sentence = _("There is a version %(version)s of this method already.")
        raise Refused(conflict(sentence % {"version": method.version})) from error
    after = {"version": method.version, "digest": method.digest}
    audit.record(actor, "propose_certification_method", method, after=after)
    return method


@transaction.atomic
def approve_certification_method(
    actor: Actor, *, method: CertificationMethod
) -> CertificationMethod:
    method = _lock(method)
    rules.can_approve_certification_method(actor, method).require()
    return _decide(actor, method, DatedStatus.APPROVED, "approve_certification_method")


@transaction.atomic
def refuse_certification_method(
    actor: Actor, *, method: CertificationMethod
) -> CertificationMethod:
    """Nothing changes; who proposed it may take it back by this, too."""
    method = _lock(method)
    rules.can_refuse_certification_method(actor, method).require()
    return _decide(actor, method, DatedStatus.REFUSED, "refuse_certification_method")


def _lock(method: CertificationMethod) -> CertificationMethod:
    return CertificationMethod.objects.select_for_update().get(pk=method.pk)


def _decide(
    actor: Actor, method: CertificationMethod, status: DatedStatus, verb: str
) -> CertificationMethod:
    if status not in RULES_TRANSITIONS[method.status]:
        raise Refused(conflict(_("This was decided already.")))
    method.status, method.decided_by, method.decided_at = status, actor.user, clock.now()
    method.save(update_fields=["status", "decided_by", "decided_at"])
    audit.record(actor, verb, method, after={"version": method.version, "status": status})
    return method
