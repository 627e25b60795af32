"""Stars are public; an agency's quarters are its own and its operators'."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.tiers import services
from portal.tiers.engine import quarter_of
from portal.tiers.fields import AppealFields, ApplicationFields
from portal.tiers.models import StarRuleSet
from tests.factories import SYSTEM
from tests.routes import Arranged, Cast
from tests.tiers.making import as_of_now, rules_fields, standing_now, told_now

SEES = "operator {0}, evaluation {0}, auditor {0}, administrator {0}"
OWN = f"visitor 302, agency 200, {SEES.format(200)}, * 404"
WRITES = f"visitor 302, agency {{0}}, {SEES.format(403)}, * 404"
PAGES = {
    "GET star_front": "* 200",
    "GET star_holder_list": "* 200",
    "GET star_rules_detail": "* 200",
    "GET star_badge": "* 200",
    "GET star_home": "visitor 302, agency 200, * 403",
    "GET star_register": f"visitor 302, agency 200, {SEES.format(200)}, * 403",
    "GET star_review_detail": OWN,
    "GET star_application_create": WRITES.format(409),  # there is one already
    "POST star_application_create": WRITES.format(409),
    "GET star_application_create@new": WRITES.format(200),
    "POST star_application_create@new": WRITES.format(302),
    "GET star_application_detail": OWN,
    "POST star_application_withdrawal": WRITES.format(302),
    "GET star_appeal_create": WRITES.format(409),
    "POST star_appeal_create": WRITES.format(409),
    "GET star_appeal_create@new": WRITES.format(200),
    "POST star_appeal_create@new": WRITES.format(200),  # an empty form comes back
    "GET star_appeal_detail": OWN,
    "POST star_appeal_withdrawal": WRITES.format(302),
}
SEES_API = f"visitor 401, agency 200, {SEES.format(200)}, * 404"
OWN_API = f"visitor 401, agency {{0}}, {SEES.format(403)}, * 404"
ANSWERS = "visitor 401, agency 403, operator {0}, evaluation {0}, administrator {0}, auditor 403"
API = {
    "GET api-star-rules-list": "* 200",
    "GET api-star-rules-detail": "* 200",
    "GET api-star-holder-list": "* 200",
    "GET api-star-holder-detail": "* 200",
    "GET api-star-window-list": "* 200",
    "POST api-star-window-list": "visitor 403, operator 422, administrator 422, * 403",
    "GET api-star-window-detail": "* 200",
    "PUT api-star-window-detail": "visitor 403, operator 409, administrator 409, * 403",
    "GET api-star-review-list": "visitor 401, * 200",
    "GET api-star-review-detail": SEES_API,
    "GET api-star-review-creators": SEES_API,
    "POST api-star-review-applications": OWN_API.format(409),  # there is one already
    "POST api-star-review-applications@new": OWN_API.format(201),
    "POST api-star-review-appeals": OWN_API.format(409),
    "POST api-star-review-appeals@new": OWN_API.format(201),
    "GET api-star-application-list": "visitor 401, * 200",
    "GET api-star-application-detail": SEES_API,
    "POST api-star-application-withdrawal": OWN_API.format(200),
    "POST api-star-application-answer": ANSWERS.format(200) + ", * 404",
    "GET api-star-appeal-list": "visitor 401, * 200",
    "GET api-star-appeal-detail": SEES_API,
    "POST api-star-appeal-withdrawal": OWN_API.format(200),
    "POST api-star-appeal-answer": ANSWERS.format(200) + ", * 404",
}
REVIEWS = "operator {0}, evaluation {0}, administrator {0}, staff 403, * 302"
RUNS = "operator {0}, administrator {0}, staff 403, * 302"
PROPOSES = "operator {0}, finance maker {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:tiers_starapplication_answer": REVIEWS.format(200),
    "POST admin:tiers_starapplication_answer": REVIEWS.format(302),
    "GET admin:tiers_starappeal_answer": REVIEWS.format(200),
    "POST admin:tiers_starappeal_answer": REVIEWS.format(302),
    "GET admin:tiers_starwindow_write": RUNS.format(200),
    "POST admin:tiers_starwindow_write": RUNS.format(200),  # an empty form comes back
    "GET admin:tiers_starwindow_edit": RUNS.format(200),
    "POST admin:tiers_starwindow_edit": RUNS.format(409),  # it has opened
    "GET admin:tiers_starruleset_propose": PROPOSES.format(200),
    "POST admin:tiers_starruleset_propose": PROPOSES.format(200),
}
DAYS = {  # it opens before its quarter is over
    "year": 2027,
    "quarter": 2,
    "opens_on": "2027-05-01",
    "closes_on": "2027-05-20",
    "announces_on": "2027-06-01",
    "effective_on": "2027-07-01",
}
SEERS = ("operator", "evaluation", "auditor")
SEEN_IN_ADMIN = {
    "tiers_starruleset": (*SEERS, "finance maker", "finance checker"),
    "tiers_starwindow": SEERS,
    "tiers_starreview": SEERS,
    "tiers_starapplication": SEERS,
    "tiers_starappeal": SEERS,
    "tiers_starstanding": SEERS,
}


def arrange(cast: Cast) -> Arranged:
    agency = cast.agency
    assert agency.party is not None
    review, told = as_of_now(agency.party), told_now(agency.party)
    application = services.apply_for_star(agency.actor, review=review, fields=ApplicationFields())
    appeal = services.appeal_review(
        agency.actor, review=told, fields=AppealFields(text="漏计一场直播。")
    )
    fresh = as_of_now(agency.party, back=4)
    untouched = told_now_of(agency, 5)
    standing = standing_now(told)
    first = quarter_of(clock.today() + timedelta(days=20)).next().first_day
    proposed = services.propose_star_rules(SYSTEM, fields=rules_fields(starts_on=first))
    keys = {"pk": application.pk}
    kwargs = {
        "star_rules_detail": {"pk": StarRuleSet.objects.approved().get().pk},
        "star_badge": {"number": standing.number},
        "star_review_detail": {"pk": review.pk},
        "star_application_create": {"pk": review.pk},
        "star_application_create@new": {"pk": fresh.pk},
        "star_application_detail": keys,
        "star_application_withdrawal": keys,
        "star_appeal_create": {"pk": told.pk},
        "star_appeal_create@new": {"pk": untouched.pk},
        "star_appeal_detail": {"pk": appeal.pk},
        "star_appeal_withdrawal": {"pk": appeal.pk},
        "api-star-rules-detail": {"pk": StarRuleSet.objects.approved().get().pk},
        "api-star-holder-detail": {"number": standing.number},
        "api-star-window-detail": {"pk": review.window_id},
        "api-star-review-detail": {"pk": review.pk},
        "api-star-review-creators": {"pk": review.pk},
        "api-star-review-applications": {"pk": review.pk},
        "api-star-review-applications@new": {"pk": fresh.pk},
        "api-star-review-appeals": {"pk": told.pk},
        "api-star-review-appeals@new": {"pk": untouched.pk},
        "api-star-application-detail": keys,
        "api-star-application-withdrawal": keys,
        "api-star-application-answer": keys,
        "api-star-appeal-detail": {"pk": appeal.pk},
        "api-star-appeal-withdrawal": {"pk": appeal.pk},
        "api-star-appeal-answer": {"pk": appeal.pk},
        "admin:tiers_starapplication_answer": keys,
        "admin:tiers_starappeal_answer": {"pk": appeal.pk},
        "admin:tiers_starwindow_edit": {"pk": review.window_id},
    }
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST api-star-window-list": DAYS,
            "PUT api-star-window-detail": DAYS,
            "POST api-star-review-applications": {},
            "POST api-star-review-appeals": {"text": "漏计。"},
            "POST api-star-application-answer": {"grants": False, "reason": "不足"},
            "POST api-star-appeal-answer": {"grants": False, "reason": "无误"},
            "POST admin:tiers_starapplication_answer": {"decision": "refuse", "reason": "不足"},
            "POST admin:tiers_starappeal_answer": {"decision": "uphold", "reason": "无误"},
        },
        rows={
            "tiers_starruleset": proposed,
            "tiers_starwindow": review.window,
            "tiers_starreview": review,
            "tiers_starapplication": application,
            "tiers_starappeal": appeal,
            "tiers_starstanding": standing,
        },
    )


def told_now_of(agency, back):
    facts = {"status": "effective", "announced_at": clock.now(), "held_from": clock.today()}
    return as_of_now(agency.party, back=back, **facts)
