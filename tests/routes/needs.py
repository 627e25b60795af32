"""What joined needs after their first loop."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.needs import services
from matchmaking.needs.models import Exposure, Need, NeedTemplate
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

WATCHING = "visitor 302, operator 200, risk 200, auditor 200, administrator 200, * 403"

PAGES = {
    "GET exposure_detail": WATCHING,
    "POST need_question": "visitor 302, provider 302, rival 302, * 403",
    "POST question_answer": "visitor 302, owner 302, member 403, * 404",
    "POST need_extension": "visitor 302, owner 302, member 403, * 404",
    "POST need_reopening": "visitor 302, owner 302, member 403, * 404",
    "POST need_autosave": "visitor 302, owner 302, * 403",
    "GET need_draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_draft_removal": "visitor 302, owner 302, member 403, * 404",
    "POST need_template": "visitor 302, owner 302, member 403, * 404",
    "POST need_template_removal": "visitor 302, owner 302, member 403, * 404",
}

API = {
    "GET api-exposure-list": WATCHING.replace("302", "401"),
    "GET api-need-questions": "visitor 401, * 200",
    "POST api-need-questions": "visitor 401, provider 201, rival 201, * 403",
    "POST api-question-answer": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-extension": "visitor 401, owner 200, * 403",
    "POST api-need-reopening": "visitor 401, owner 200, member 403, * 404",
    "GET api-needdraft-list": "visitor 401, * 200",
    "POST api-needdraft-list": "visitor 401, owner 201, * 403",
    "GET api-needdraft-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-needdraft-detail": "visitor 401, owner 200, member 403, * 404",
    "DELETE api-needdraft-detail": "visitor 401, owner 200, member 403, * 404",
    "GET api-needtemplate-list": "visitor 401, * 200",
    "POST api-needtemplate-list": "visitor 401, owner 201, * 403",
    "GET api-needtemplate-detail": "visitor 401, owner 200, member 200, * 404",
    "DELETE api-needtemplate-detail": "visitor 401, owner 200, member 403, * 404",
}

MINE = "operator 200, administrator 200, staff 403, * 302"
ADMIN = {
    f"{method} admin:needs_needtemplate_{view}": MINE
    for view in ("changelist", "history", "change", "add")
    for method in ("GET", "POST")
    if (method, view) not in {("POST", "changelist"), ("POST", "history")}
} | {f"{method} admin:needs_needtemplate_delete": "staff 403, * 302" for method in ("GET", "POST")}

DAYS = ("need_extension", "need_reopening", "api-need-extension", "api-need-reopening")
SEEN_IN_ADMIN = {
    "needs_exposure": ("operator", "risk", "auditor"),
    "needs_question": ("operator", "risk", "auditor"),
}


def arrange(cast: Cast) -> Arranged:
    need = Need.objects.filter(merchant=cast.owner.party).first()
    need = need or factories.open_need(cast.owner.actor)
    exposure = Exposure.objects.create(
        need=need,
        provider=cast.provider.party,
        place=1,
        is_newcomer_place=False,
        day=clock.today(),
        viewer=cast.owner.party,
    )
    question = services.ask_question(cast.provider.actor, need=need, text="样品怎么寄？")
    draft = services.keep_draft(cast.owner.actor, values={"title": ["自播"]})
    template = services.save_template(cast.owner.actor, need=need, name="日常")
    house = NeedTemplate.objects.filter(merchant=None).first()
    cancelled = services.cancel_need(cast.owner.actor, need=factories.open_need(cast.owner.actor))
    days = {
        "closes_on": str(need.closes_on + timedelta(days=1)),
        "starts_on": str(need.starts_on),
    }
    return Arranged(
        kwargs={
            "need_question": {"pk": need.pk},
            "api-need-questions": {"pk": need.pk},
            "question_answer": {"pk": question.pk},
            "api-question-answer": {"pk": question.pk},
            "need_extension": {"pk": need.pk},
            "api-need-extension": {"pk": need.pk},
            "need_reopening": {"pk": cancelled.pk},
            "need_draft": {"draft_id": draft.pk},
            "need_draft_removal": {"draft_id": draft.pk},
            "api-needdraft-detail": {"pk": draft.pk},
            "need_template": {"pk": need.pk},
            "need_template_removal": {"pk": template.pk},
            "api-needtemplate-detail": {"pk": template.pk},
            "api-need-reopening": {"pk": cancelled.pk},
        },
        bodies={f"POST {name}": days for name in DAYS}
        | {
            "POST need_template": {"name": "别的"},
            "POST api-needdraft-list": {"values": {"title": ["一"]}},
            "PUT api-needdraft-detail": {"values": {"title": ["二"]}, "seen": 1},
            "POST api-needtemplate-list": {"need": need.pk, "name": "又一"},
            "POST need_question": {"text": "有库存接口吗？"},
            "POST api-need-questions": {"text": "有库存接口吗？"},
            "POST question_answer": {f"{question.pk}-answer": "有。"},
            "POST api-question-answer": {"answer": "有。"},
        },
        rows={
            "needs_exposure": exposure,
            "needs_question": question,
            "needs_needtemplate": house,
        },
    )
