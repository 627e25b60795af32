"""Certificates: a number is for everybody, the paper for its holder, the desk for operators."""

from __future__ import annotations

from portal.core import jobs
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.training.certificates.making import certified, course, many_completed
from training.certificates import services

DESK = "visitor 302, operator {0}, auditor {1}, administrator {0}, * 403"
PAPER = "visitor 302, provider 200, * 404"
PAGES = {
    "GET certificate_check": "* 200",
    "GET certificate_proof": "* 200",
    "GET certificate_own": "visitor 302, * 200",
    "GET certificate_team": "visitor 302, owner 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET certificate_paper": PAPER,
    "GET certificate_poster": PAPER,
    "GET certificate_picture": PAPER,
    "GET certificate_desk": DESK.format(200, 200),
    "GET certificate_run": DESK.format(200, 200),
    "POST certificate_issue": DESK.format(200, 403),  # nobody is without one
    "POST certificate_revocation": DESK.format(302, 403),
    "POST certificate_restoration": DESK.format(200, 403),  # it was not revoked
}
ENDS = "visitor 401, operator {0}, administrator {0}, * 403"
API = {
    "GET api-certificate-list": "visitor 401, * 200",
    "GET api-certificate-detail": "* 200",
    "GET api-certificate-paper": "visitor 401, provider 200, * 404",
    "POST api-certificate-revocation": ENDS.format(200),
    "POST api-certificate-restoration": ENDS.format(409),
    "GET api-certificate-run-detail": "visitor 401, operator 200, auditor 200, administrator 200, "
    "* 403",
    "POST api-certificate-run-list": ENDS.format(409),
}
SEEN_IN_ADMIN = {"certificates_certificate": ("operator", "auditor")}
ROW = ("proof", "paper", "poster", "picture", "revocation", "restoration")
OF_API = ("detail", "paper", "revocation", "restoration")
WHY = {"reason": "代签"}


def arrange(cast: Cast) -> Arranged:
    assert cast.provider.party is not None
    made = certified(cast.provider)
    waiting = course("waiting", certificate_months=None)
    many_completed(waiting, cast.provider.party, 1)
    waiting.certificate_months = 12
    waiting.save()
    job = services.start_issue(SYSTEM, course=waiting)
    jobs.run_job(str(job.pk))
    number = {"number": made.number}
    return Arranged(
        kwargs={
            **{f"certificate_{name}": number for name in ROW},
            "certificate_run": {"pk": job.pk},
            **{f"api-certificate-{name}": number for name in OF_API},
            "api-certificate-run-detail": {"pk": job.pk},
        },
        bodies={
            "POST certificate_issue": {"course": waiting.code},
            "POST certificate_revocation": WHY,
            "POST certificate_restoration": WHY,
            "POST api-certificate-revocation": WHY,
            "POST api-certificate-restoration": WHY,
            "POST api-certificate-run-list": {"course": waiting.code},
        },
        rows={"certificates_certificate": made},
    )
