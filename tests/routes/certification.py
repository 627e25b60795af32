"""The mark is public; an agency's application is its own and those' who look after the mark."""

from __future__ import annotations

from portal.core import clock
from portal.tiers import services
from portal.tiers.certification_fields import (
    CheckFields,
    MethodFields,
    ObjectionFields,
)
from portal.tiers.certification_states import PapersAnswer
from portal.tiers.models import CertificationApplication, CertificationMark
from portal.tiers.reference import starting_document
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.tiers.certifying import (
    PASS,
    drafted,
    open_round,
    reviewed,
    scored,
    staff,
    submitted,
    worthy,
)

SEES = "operator {0}, evaluation {0}, auditor {0}, administrator {0}"
OWN = f"visitor 302, agency 200, {SEES.format(200)}, * 404"
WRITES = f"visitor 302, agency {{0}}, {SEES.format(403)}, * 404"
DRAFTS = "visitor 302, agency {0}, * 404"
JUDGES = "visitor 302, agency 403, operator {0}, evaluation {0}, administrator {0}, auditor 403"
RUNS = "visitor 302, operator {0}, administrator {0}, * 403"
PAGES = {
    "GET certification_front": "* 200",
    "GET certification_list": "* 200",
    "GET certification_method": "* 200",
    "GET certification_badge": "* 200",
    "GET certification_home": "visitor 302, agency 200, * 403",
    "GET certification_desk": f"visitor 302, {SEES.format(200)}, * 403",
    "POST certification_start": "visitor 302, agency 409, * 403",  # there is one already
    "POST certification_scoring": RUNS.format(302),
    "POST certification_publication": RUNS.format(409),  # somebody is not decided yet
    "GET certification_detail": OWN,
    "GET certification_edit": DRAFTS.format(200),
    "POST certification_edit": DRAFTS.format(302),
    "POST certification_paper": DRAFTS.format(200),  # an empty form comes back
    "POST certification_paper_removal": DRAFTS.format(302),
    "POST certification_withdrawal": WRITES.format(302),
    "POST certification_surrender": WRITES.format(302),
    "GET certification_inputs": OWN,
    "POST certification_check": JUDGES.format(302) + ", * 404",
    "POST certification_review": JUDGES.format(302) + ", * 404",
    "POST certification_end": "visitor 302, agency 403, operator 302, administrator 302, "
    "evaluation 403, auditor 403, * 404",
    "GET certification_appeal_create": WRITES.format(200),
    "POST certification_appeal_create": WRITES.format(200),  # an empty form comes back
    "GET certification_appeal_detail": OWN,
    "POST certification_appeal_detail": JUDGES.format(302) + ", * 404",
    "POST certification_appeal_withdrawal": WRITES.format(302),
}
OWN_API = f"visitor 401, agency 200, {SEES.format(200)}, * 404"
WRITES_API = f"visitor 401, agency {{0}}, {SEES.format(403)}, * 404"
DRAFTS_API = "visitor 401, agency {0}, * 404"
JUDGES_API = "visitor 401, agency 403, operator 200, evaluation 200, administrator 200, auditor 403"
RUNS_API = "visitor 403, operator {0}, administrator {0}, * 403"
API = {
    "GET api-certification-method-list": "* 200",
    "GET api-certification-method-detail": "* 200",
    "GET api-certification-round-list": "* 200",
    "GET api-certification-round-detail": "* 200",
    "POST api-certification-round-list": RUNS_API.format(422),
    "PUT api-certification-round-detail": RUNS_API.format(409),  # it has opened
    "POST api-certification-round-scoring": RUNS_API.format(200),
    "POST api-certification-round-publication": RUNS_API.format(409),
    "GET api-certification-mark-list": "* 200",
    "GET api-certification-mark-detail": "* 200",
    "POST api-certification-mark-ending": "visitor 404, agency 200, operator 200, "
    "administrator 200, * 403",
    "GET api-certification-application-list": "visitor 401, * 200",
    "POST api-certification-application-list": "visitor 401, agency 409, * 403",
    "GET api-certification-application-detail": OWN_API,
    "PUT api-certification-application-detail": WRITES_API.format(409),  # handed in
    "GET api-certification-application-checks": OWN_API,
    "GET api-certification-application-creators": OWN_API,
    "POST api-certification-application-documents": DRAFTS_API.format(422),
    "DELETE api-certification-application-document": DRAFTS_API.format(200),
    "POST api-certification-application-submission": DRAFTS_API.format(200),
    "POST api-certification-application-withdrawal": WRITES_API.format(200),
    "POST api-certification-application-check": JUDGES_API + ", * 404",
    "GET api-certification-application-verdicts": f"visitor 401, agency 403, {SEES.format(403)}, "
    "* 404",  # nobody has given their own yet
    "POST api-certification-application-review": JUDGES_API + ", * 404",
    "POST api-certification-application-appeals": WRITES_API.format(201),
    "GET api-certification-appeal-list": "visitor 401, * 200",
    "GET api-certification-appeal-detail": OWN_API,
    "POST api-certification-appeal-withdrawal": WRITES_API.format(200),
    "POST api-certification-appeal-answer": JUDGES_API + ", * 404",
}
WRITES_ROUNDS = "operator {0}, administrator {0}, staff 403, * 302"
WRITES_METHODS = "operator {0}, evaluation {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:tiers_certificationround_write": WRITES_ROUNDS.format(200),
    "POST admin:tiers_certificationround_write": WRITES_ROUNDS.format(200),  # an empty form
    "GET admin:tiers_certificationround_edit": WRITES_ROUNDS.format(200),
    "POST admin:tiers_certificationround_edit": WRITES_ROUNDS.format(409),  # it has opened
    "GET admin:tiers_certificationmethod_propose": WRITES_METHODS.format(200),
    "POST admin:tiers_certificationmethod_propose": WRITES_METHODS.format(200),
}
SEERS = ("operator", "evaluation", "auditor")
SEEN_IN_ADMIN = {
    "tiers_certificationmethod": SEERS,
    "tiers_certificationround": SEERS,
    "tiers_certificationapplication": SEERS,
    "tiers_certificationmark": SEERS,
    "tiers_certificationappeal": SEERS,
}


def arrange(cast: Cast) -> Arranged:
    """A round a year, each with the agency's application in another state."""
    agency = cast.agency
    assert agency.party is not None
    worthy(agency.party)
    year = clock.today().year
    granted = reviewed(scored(agency, open_round(year=year)), PASS, PASS)
    services.publish_certification_round(SYSTEM, round_=granted.round)
    to_review = scored(agency, open_round(year=year + 1))
    refused, objected = (_refused(cast, year + n) for n in (2, 3))
    appeal = services.object_to_refusal(
        agency.actor, application=objected, fields=ObjectionFields("背面有章。")
    )
    to_check = submitted(agency, open_round(year=year + 4))
    draft = drafted(agency, open_round(year=year + 5))
    mark = CertificationMark.objects.get()
    proposed = services.propose_certification_method(
        SYSTEM, fields=MethodFields(starting_document() | {"version": "2030-1"}, "测试")
    )
    method = granted.round.method
    paper = draft.papers.earliest("added_at")
    one = {"pk": to_review.pk}
    kwargs = {
        "certification_method": {"version": method.version},
        "certification_badge": {"number": mark.number},
        "certification_start": {"pk": draft.round_id},
        "certification_scoring": {"pk": to_review.round_id},
        "certification_publication": {"pk": to_review.round_id},
        "certification_detail": one,
        "certification_edit": {"pk": draft.pk},
        "certification_paper": {"pk": draft.pk},
        "certification_paper_removal": {"pk": paper.pk},
        "certification_withdrawal": {"pk": to_check.pk},
        "certification_surrender": {"pk": granted.pk},
        "certification_inputs": one,
        "certification_check": {"pk": to_check.pk},
        "certification_review": one,
        "certification_end": {"pk": granted.pk},
        "certification_appeal_create": {"pk": refused.pk},
        "certification_appeal_detail": {"pk": appeal.pk},
        "certification_appeal_withdrawal": {"pk": appeal.pk},
        "api-certification-method-detail": {"pk": method.pk},
        "api-certification-round-detail": {"pk": granted.round_id},
        "api-certification-round-scoring": {"pk": to_review.round_id},
        "api-certification-round-publication": {"pk": to_review.round_id},
        "api-certification-mark-detail": {"number": mark.number},
        "api-certification-mark-ending": {"number": mark.number},
        "api-certification-application-detail": {"pk": to_review.pk},
        "api-certification-application-checks": one,
        "api-certification-application-creators": one,
        "api-certification-application-documents": {"pk": draft.pk},
        "api-certification-application-document": {"pk": draft.pk, "paper": str(paper.pk)},
        "api-certification-application-submission": {"pk": draft.pk},
        "api-certification-application-withdrawal": {"pk": to_check.pk},
        "api-certification-application-check": {"pk": to_check.pk},
        "api-certification-application-verdicts": one,
        "api-certification-application-review": one,
        "api-certification-application-appeals": {"pk": refused.pk},
        "api-certification-appeal-detail": {"pk": appeal.pk},
        "api-certification-appeal-withdrawal": {"pk": appeal.pk},
        "api-certification-appeal-answer": {"pk": appeal.pk},
        "admin:tiers_certificationround_edit": {"pk": granted.round_id},
    }
    verdict = {"verdict": "pass", "reason": "数据扎实。"}
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST certification_edit": {"strengths": "专属经纪人。", "cases": ""},
            "POST certification_check": {"answer": "accept", "sentence": ""},
            "POST certification_review": verdict,
            "POST certification_end": {"reason": "数据不实。"},
            "POST certification_appeal_detail": {"decision": "uphold", "sentence": "无误。"},
            "POST api-certification-round-list": DAYS,
            "PUT api-certification-round-detail": DAYS,
            "POST api-certification-mark-ending": {"reason": "数据不实。"},
            "POST api-certification-application-list": {"round": draft.round_id},
            "PUT api-certification-application-detail": {"strengths": "专属经纪人。"},
            "POST api-certification-application-documents": {
                "kind": "cases",
                "file": "00000000-0000-4000-8000-000000000000",
            },
            "POST api-certification-application-check": {"answer": "accept"},
            "POST api-certification-application-review": verdict,
            "POST api-certification-application-appeals": {"text": "背面有章。"},
            "POST api-certification-appeal-answer": {"grants": False, "sentence": "无误。"},
        },
        rows={
            "tiers_certificationmethod": proposed,
            "tiers_certificationround": granted.round,
            "tiers_certificationapplication": granted,
            "tiers_certificationmark": mark,
            "tiers_certificationappeal": appeal,
        },
    )


def _refused(cast: Cast, year: int) -> CertificationApplication:
    application = submitted(cast.agency, open_round(year=year))
    no = CheckFields(PapersAnswer.REFUSE, "承诺书无签章。")
    return services.check_certification(staff("operator").actor, application=application, fields=no)


DAYS = {  # it would be over before it opens
    "year": 2027,
    "opens_on": "2027-05-01",
    "closes_on": "2027-04-20",
    "publishes_on": "2027-06-01",
    "valid_until": "2027-07-01",
    "last_year": 2027,
    "last_quarter": 1,
    "method": 1,
}
