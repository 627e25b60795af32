"""Certificates of the demo's year: of whoever completed a course that gives one, as it was then;
those of long ago have ended, those of people who came again are renewed."""

from __future__ import annotations

from portal.core.actor import system_actor
from portal.parties.demo import World
from training.certificates.models import Certificate
from training.certificates.services import bring_certificates, revoke_certificate
from training.learning.models import Enrolment

DEMO = system_actor("demo")
AT_ONCE = 500
WHY = "经核对，签到由他人代签，本次课程不计完成。"
REVOKED_EACH = 200  # one of so many was taken back


def make_certificates(_world: World) -> None:
    """A step of the load, behind the enrolments and what came of them."""
    rows = (
        Enrolment.objects.whole()
        .select_related("learner__member")
        .completed()
        .filter(certificate=None, session__course__certificate_months__isnull=False)
        .order_by("ended_at", "session__course__code", "session__starts_at", "learner__name")
    )
    done = list(rows)
    for first in range(0, len(done), AT_ONCE):
        bring_certificates(DEMO, enrolments=done[first : first + AT_ONCE])
    _take_some_back()


def _take_some_back() -> None:
    """One of each so many, by the day they were issued; one of a small world, too."""
    ordered = Certificate.objects.running().standing().whole()
    rows = list(ordered.order_by("issued_at", "course__code", "masked"))
    for certificate in rows[len(rows) % REVOKED_EACH // 2 :: REVOKED_EACH]:
        revoke_certificate(DEMO, certificate=certificate, reason=WHY)
