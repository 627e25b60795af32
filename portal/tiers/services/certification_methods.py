"""Methods of the mark: one person proposes, another approves; a document never changes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.evaluation.engine import hash_document
from portal.policies.services import approve_proposed, refuse_proposed, write_proposed
from portal.tiers import rules
from portal.tiers.certification_fields import MethodFields
from portal.tiers.models import CertificationMethod


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
    )
    sentence = _("There is a version %(version)s of this method already.")
    write_proposed(actor, method, taken=sentence % {"version": method.version})
    after = {"version": method.version, "digest": method.digest}
    audit.record(actor, "propose_certification_method", method, after=after)
    return method


def approve_certification_method(
    actor: Actor, *, method: CertificationMethod
) -> CertificationMethod:
    may, verb = rules.can_approve_certification_method, "approve_certification_method"
    return approve_proposed(actor, method, may=may, verb=verb)


def refuse_certification_method(
    actor: Actor, *, method: CertificationMethod
) -> CertificationMethod:
    may, verb = rules.can_refuse_certification_method, "refuse_certification_method"
    return refuse_proposed(actor, method, may=may, verb=verb)
