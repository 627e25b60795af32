"""A course that gives a certificate is completed: the certificate is there in the same moment."""

from __future__ import annotations

from django.db.models import Q

from portal.core import clock
from portal.core.actor import Actor, system_actor
from training.certificates.services.issuing import tell_issued, write_certificates
from training.learning.finishers import register_finisher, register_void
from training.learning.models import Enrolment


@register_finisher
def issue_to_who_finished(actor: Actor, enrolment: Enrolment) -> None:
    """By the platform, whoever's last step it was."""
    system = system_actor(actor.via)
    tell_issued(system, write_certificates(system, [enrolment], at=clock.now()))


register_void(Q(certificate__status="revoked"))
