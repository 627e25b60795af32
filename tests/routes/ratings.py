"""What providers and merchants see of ratings, their appeals and their plans."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.evaluation import services
from portal.evaluation.fields import AppealFields, ItemFields, PlanFields
from portal.evaluation.states import SnapshotKind
from tests import factories
from tests.conftest import Person
from tests.evaluation import factories as evaluation
from tests.routes import Arranged, Cast

RATED = "visitor 302, provider 200, rival 200, agency 200, * 403"
OWN = "visitor 302, provider {0}, * 404"
PAGES = {
    "GET evaluation_detail": RATED,
    "GET what_if": "visitor 302, provider 200, rival 404, agency 404, * 403",
    "GET rating_appeal_list": RATED,
    "GET rating_appeal_create": OWN.format(200),
    "POST rating_appeal_create": OWN.format(200),  # an empty form comes back
    "GET rating_appeal_detail": OWN.format(200),
    "POST rating_appeal_withdrawal": OWN.format(302),
    "GET plan_list": RATED,
    "GET plan_create": RATED,
    "POST plan_create": RATED,  # an empty form comes back
    "GET plan_detail": OWN.format(200),
    "GET plan_edit": OWN.format(200),
    "POST plan_edit": OWN.format(200),
    "POST plan_signature": OWN.format(302),
    "POST plan_withdrawal": OWN.format(302),
    "POST plan_return": OWN.format(200),  # an empty form comes back
    "POST plan_item_report": OWN.format(200),
}
ANSWERS = "visitor 401, evaluation {0}, operator {0}, administrator {0}, * 403"
API_OWN = "visitor 401, provider {0}, * 404"
PLAN = (
    "visitor 401, provider {0}, evaluation {1}, operator {1}, administrator {1}, auditor {2}, * 404"
)
API = {
    "GET api-rating-list": "* 200",
    "GET api-rating-detail": (
        "auditor 200, evaluation 200, operator 200, administrator 200, provider 200, * 404"
    ),
    "GET api-rating-explanation": (
        "auditor 403, evaluation 403, operator 403, administrator 403, provider 200, * 404"
    ),
    "GET api-rating-what-if": (
        "auditor 403, evaluation 403, operator 403, administrator 403, provider 200, * 404"
    ),
    "GET api-rating-appeal-list": "visitor 401, * 200",
    "POST api-rating-appeal-list": "visitor 401, provider 201, * 404",
    "GET api-rating-appeal-detail": API_OWN.format(200),
    "POST api-rating-appeal-withdrawal": API_OWN.format(200),
    "GET api-filed-appeal-list": ANSWERS.format(200),
    "GET api-filed-appeal-detail": ANSWERS.format(200),
    "POST api-filed-appeal-finding": ANSWERS.format(200),
    "POST api-filed-appeal-decision": ANSWERS.format(409),  # it is examined first
    "GET api-plan-list": "visitor 401, * 200",
    "POST api-plan-list": (  # operators say for whom
        "visitor 401, provider 201, rival 201, agency 201, evaluation 422, operator 422,"
        " administrator 422, * 403"
    ),
    "GET api-plan-detail": PLAN.format(200, 200, 200),
    "PUT api-plan-detail": PLAN.format(200, 403, 403),  # the party's draft
    "POST api-plan-signature": PLAN.format(200, 409, 403),
    "POST api-plan-return": PLAN.format(409, 409, 403),
    "POST api-plan-withdrawal": PLAN.format(200, 403, 403),
    "POST api-plan-report": PLAN.format(409, 403, 403),
    "POST api-plan-acceptance": PLAN.format(403, 409, 403),  # nothing is handed in
    "POST api-plan-rework": PLAN.format(403, 409, 403),
}
DECIDES = "evaluation {0}, operator {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:evaluation_appeal_answer": DECIDES.format(200),
    "POST admin:evaluation_appeal_answer": DECIDES.format(200),  # an empty form comes back
    "GET admin:evaluation_plan_write": DECIDES.format(200),
    "POST admin:evaluation_plan_write": DECIDES.format(200),
    "GET admin:evaluation_plan_steps": DECIDES.format(200),
    "POST admin:evaluation_plan_steps": DECIDES.format(200),
}
SEEN_IN_ADMIN = {
    "evaluation_appeal": ("evaluation", "operator", "auditor"),
    "evaluation_plan": ("evaluation", "operator", "auditor"),
    "evaluation_remedy": ("evaluation", "operator"),
}


def arrange(cast: Cast) -> Arranged:
    rating = _preview(cast.provider)
    appeal = services.file_rating_appeal(
        cast.provider.actor, rating=rating, indicator="T3", fields=AppealFields("错了")
    )
    draft, proposed = _plan(cast.provider), _plan(cast.provider)
    services.sign_plan(cast.provider.actor, plan=proposed)
    [remedy] = services.register_remedy(
        factories.SYSTEM,
        origin="test:1",
        indicators=["T1"],
        kind="course",
        title_zh="考证",
        title_en="Exam",
        url="/help/",
    )
    own, plan = {"pk": appeal.pk}, {"pk": draft.pk}
    item = draft.items.get()
    kwargs = {
        "rating_appeal_create": {"pk": rating.pk},
        "rating_appeal_detail": own,
        "rating_appeal_withdrawal": own,
        "plan_detail": plan,
        "plan_edit": plan,
        "plan_signature": plan,
        "plan_withdrawal": plan,
        "plan_return": {"pk": proposed.pk},
        "plan_item_report": plan | {"item_pk": item.pk},
        "api-rating-detail": {"pk": rating.pk},
        "api-rating-explanation": {"pk": rating.pk},
        "api-rating-what-if": {"pk": rating.pk},
        "api-rating-appeal-detail": own,
        "api-rating-appeal-withdrawal": own,
        "api-filed-appeal-detail": own,
        "api-filed-appeal-finding": own,
        "api-filed-appeal-decision": own,
        "api-plan-detail": plan,
        "api-plan-signature": plan,
        "api-plan-return": plan,
        "api-plan-withdrawal": plan,
        "api-plan-report": plan,
        "api-plan-acceptance": plan,
        "api-plan-rework": plan,
        "admin:evaluation_appeal_answer": own,
        "admin:evaluation_plan_steps": {"pk": proposed.pk},
    }
    due = (clock.today() + timedelta(days=9)).isoformat()
    bodies = {
        "POST api-rating-appeal-list": {"rating": rating.pk, "indicator": "T1", "text": "错了"},
        "POST api-filed-appeal-finding": {"finding": "看过名册。", "proposed": "keep"},
        "POST api-filed-appeal-decision": {"outcome": "keep", "sentence": "数据无误。"},
        "POST api-plan-list": {"title": "计划", "items": [{"text": "考证", "due_on": due}]},
        "PUT api-plan-detail": {"title": "计划", "items": [{"text": "考证", "due_on": due}]},
        "POST api-plan-return": {"why": "太远"},
        "POST api-plan-acceptance": {"item": str(item.pk)},
        "POST api-plan-rework": {"item": str(item.pk), "why": "看不清"},
        "POST api-plan-report": {"item": str(item.pk), "report": "做完了"},
    }
    rows = {
        "evaluation_appeal": appeal,
        "evaluation_plan": proposed,
        "evaluation_remedy": remedy,
    }
    return Arranged(kwargs, bodies, rows)


def _preview(person: Person):
    values = {person.party: evaluation.AVERAGE}
    made = evaluation.snapshot(evaluation.method(), values, kind=SnapshotKind.PREVIEW)
    return made.ratings.select_related("snapshot", "party").get()


def _plan(person: Person):
    items = [ItemFields("考证", clock.today() + timedelta(days=9), "T1")]
    return services.draft_plan(
        person.actor, party=person.party, fields=PlanFields("提升计划", items)
    )
