"""What joined needs after their first loop."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from matchmaking.needs import services
from matchmaking.needs.models import Exposure, Message, Need, NeedTemplate, Proposal, ResponseFact
from matchmaking.needs.states import ReportReason
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
    "POST proposal_offer": "visitor 302, owner 200, member 403, provider 200, * 404",
    "POST proposal_agreement": "visitor 302, owner 403, member 403, provider 409, * 404",
    "GET loss_report": (
        "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, creator 200, "
        "* 403"
    ),
    "GET service_offer_list": "* 200",
    "GET service_offer_detail": "* 200",
    "GET service_offer_create": (
        "visitor 302, provider 200, rival 200, agency 200, creator 200, * 403"
    ),
    "POST service_offer_create": (
        "visitor 302, provider 200, rival 200, agency 200, creator 200, * 403"
    ),
    "GET service_offer_edit": "visitor 302, provider 200, * 404",
    "POST service_offer_edit": "visitor 302, provider 200, * 404",
    "POST service_offer_showing": "visitor 302, provider 409, * 404",
    "POST service_offer_hiding": "visitor 302, provider 302, * 404",
    "POST service_offer_order": "visitor 302, owner 302, * 403",
    "GET message_list": "visitor 302, * 200",
    "GET message_report": "visitor 302, owner 200, member 200, provider 409, * 404",
    "POST message_report": "visitor 302, owner 302, member 302, provider 409, * 404",
    "POST block_lift": "visitor 302, owner 302, member 403, * 404",
    "GET proposal_messages": "visitor 302, owner 200, member 200, provider 200, * 404",
    "POST proposal_messages": "visitor 302, owner 302, member 403, provider 302, * 404",
    "POST proposal_block": "visitor 302, owner 302, member 403, provider 302, * 404",
    "POST need_autosave": "visitor 302, owner 302, * 403",
    "GET need_draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_draft_removal": "visitor 302, owner 302, member 403, * 404",
    "GET free_days": "visitor 302, creator 200, * 403",
    "POST free_days": "visitor 302, creator 302, * 403",
    "POST proposal_autosave": "visitor 302, provider 302, rival 302, * 403",
    "POST proposal_draft_removal": "visitor 302, provider 302, * 404",
    "POST need_template": "visitor 302, owner 302, member 403, * 404",
    "POST need_template_removal": "visitor 302, owner 302, member 403, * 404",
}

API = {
    "GET api-exposure-list": WATCHING.replace("302", "401"),
    "GET api-need-questions": "visitor 401, * 200",
    "GET api-need-fit": "visitor 401, provider 200, rival 200, * 403",
    "POST api-need-questions": "visitor 401, provider 201, rival 201, * 403",
    "POST api-question-answer": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-extension": "visitor 401, owner 200, * 403",
    "POST api-need-reopening": (
        "visitor 401, owner 200, member 403, "
        "auditor 403, operator 403, risk 403, administrator 403, * 404"
    ),
    "GET api-proposal-offers": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-proposal-offers": "visitor 401, owner 201, member 403, provider 201, * 404",
    "POST api-proposal-agreement": "visitor 401, owner 403, member 403, provider 409, * 404",
    "GET api-serviceoffer-list": "visitor 401, * 200",
    "POST api-serviceoffer-list": (
        "visitor 401, provider 201, rival 201, agency 422, creator 422, * 403"
    ),
    "GET api-serviceoffer-detail": "visitor 401, * 200",
    "PUT api-serviceoffer-detail": "visitor 401, provider 200, * 403",
    "POST api-serviceoffer-showing": "visitor 401, provider 409, * 403",
    "POST api-serviceoffer-hiding": "visitor 401, provider 200, * 403",
    "POST api-serviceoffer-orders": "visitor 401, owner 201, * 403",
    "GET api-message-list": "visitor 401, * 200",
    "GET api-message-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-message-report": "visitor 401, owner 201, member 201, provider 409, * 404",
    "GET api-block-list": "visitor 401, * 200",
    "POST api-block-lifting": "visitor 401, owner 200, member 403, * 404",
    "GET api-proposal-messages": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-proposal-messages": "visitor 401, owner 201, member 403, provider 201, * 404",
    "POST api-proposal-reading": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-proposal-block": "visitor 401, owner 201, member 403, provider 201, * 404",
    "GET api-proposal-concerns": "visitor 401, owner 200, member 200, provider 200, * 404",
    "GET api-loss-list": (
        "visitor 401, owner 200, member 200, provider 200, rival 200, agency 200, creator 200, "
        "* 403"
    ),
    "GET api-needdraft-list": "visitor 401, * 200",
    "POST api-needdraft-list": "visitor 401, owner 201, * 403",
    "GET api-needdraft-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-needdraft-detail": "visitor 401, owner 200, member 403, * 404",
    "DELETE api-needdraft-detail": "visitor 401, owner 200, member 403, * 404",
    "GET api-freedays-list": "visitor 401, creator 200, * 403",
    "POST api-freedays-list": "visitor 401, creator 200, * 403",
    "GET api-proposaldraft-list": "visitor 401, * 200",
    "POST api-proposaldraft-list": "visitor 401, provider 201, rival 201, * 403",
    "GET api-proposaldraft-detail": "visitor 401, provider 200, * 404",
    "PUT api-proposaldraft-detail": "visitor 401, provider 200, * 404",
    "DELETE api-proposaldraft-detail": "visitor 401, provider 200, * 404",
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
    "needs_responsefact": ("operator", "risk", "auditor"),
    "needs_messagereport": ("operator", "reviewer"),
    "needs_offer": ("operator", "risk", "auditor"),
    "needs_serviceoffer": ("operator", "risk", "auditor"),
}


def _message_to(cast: Cast) -> Message:
    """A message the rival can report: of a need of its own, so that no row of these is touched."""
    need = factories.open_need(cast.owner.actor, title="别的需求")
    proposal = factories.submitted_proposal(cast.rival.actor, need)
    return services.send_message(cast.owner.actor, proposal=proposal, text="您好")


def _fact(cast: Cast) -> ResponseFact:
    return ResponseFact.objects.create(
        party=cast.provider.party,
        kind="message",
        ref="0:0",
        asked_at=clock.now(),
        answered_at=clock.now(),
        minutes=0,
        at=clock.now(),
    )


def _of_agency(cast: Cast) -> Proposal:
    need = factories.open_need(cast.owner.actor, seeks="agency", service_ids=[])
    return factories.submitted_proposal(cast.agency.actor, need)


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
    draft = services.DRAFTING.keep(cast.owner.actor, values={"title": ["自播"]})
    asked, other = (factories.open_need(cast.owner.actor, title=t) for t in ("甲", "乙"))
    answer = services.ANSWERING.keep(
        cast.provider.actor, values={"plan": ["先看货盘"]}, subject=asked
    )
    template = services.save_template(cast.owner.actor, need=need, name="日常")
    house = NeedTemplate.objects.filter(merchant=None).first()
    proposal = Proposal.objects.filter(need=need, provider=cast.provider.party).first()
    proposal = proposal or factories.submitted_proposal(cast.provider.actor, need)
    message = services.send_message(cast.provider.actor, proposal=proposal, text="您好")
    report = services.report_message(
        cast.rival.actor, message=_message_to(cast), reason=ReportReason.SPAM
    )
    block = services.block_party(cast.owner.actor, proposal=_of_agency(cast))
    offer = services.create_service_offer(
        cast.provider.actor, fields=factories.service_offer_fields()
    )
    offer = services.show_service_offer(cast.provider.actor, offer=offer)
    package = asdict(factories.service_offer_fields())
    package["services"] = package.pop("service_ids")
    cancelled = services.cancel_need(cast.owner.actor, need=factories.open_need(cast.owner.actor))
    days = {
        "closes_on": str(need.closes_on + timedelta(days=1)),
        "starts_on": str(need.starts_on),
    }
    return Arranged(
        kwargs={
            "need_question": {"pk": need.pk},
            "api-need-questions": {"pk": need.pk},
            "api-need-fit": {"pk": need.pk},
            "question_answer": {"pk": question.pk},
            "api-question-answer": {"pk": question.pk},
            "need_extension": {"pk": need.pk},
            "api-need-extension": {"pk": need.pk},
            "need_reopening": {"pk": cancelled.pk},
            **{
                name: {"pk": offer.pk}
                for name in (
                    *("service_offer_detail", "service_offer_edit", "service_offer_showing"),
                    *("service_offer_hiding", "service_offer_order", "api-serviceoffer-detail"),
                    *("api-serviceoffer-showing", "api-serviceoffer-hiding"),
                    "api-serviceoffer-orders",
                )
            },
            "message_report": {"message_id": message.pk},
            "api-message-detail": {"pk": message.pk},
            "api-message-report": {"pk": message.pk},
            "block_lift": {"pk": block.pk},
            "api-block-lifting": {"pk": block.pk},
            **{
                name: {"pk": proposal.pk}
                for name in (
                    *("proposal_messages", "proposal_block", "api-proposal-messages"),
                    *("api-proposal-reading", "api-proposal-block", "api-proposal-concerns"),
                )
            },
            "proposal_offer": {"pk": proposal.pk},
            "proposal_agreement": {"pk": proposal.pk},
            "api-proposal-offers": {"pk": proposal.pk},
            "api-proposal-agreement": {"pk": proposal.pk},
            "need_draft": {"draft_id": draft.pk},
            "need_draft_removal": {"draft_id": draft.pk},
            "api-needdraft-detail": {"pk": draft.pk},
            "proposal_autosave": {"pk": other.pk},
            "proposal_draft_removal": {"draft_id": answer.pk},
            "api-proposaldraft-detail": {"pk": answer.pk},
            "need_template": {"pk": need.pk},
            "need_template_removal": {"pk": template.pk},
            "api-needtemplate-detail": {"pk": template.pk},
            "api-need-reopening": {"pk": cancelled.pk},
        },
        bodies={f"POST {name}": days for name in DAYS}
        | {
            "POST proposal_agreement": {"version": 1},
            "POST message_report": {"reason": "spam"},
            "POST api-message-report": {"reason": "spam"},
            "POST proposal_messages": {"text": "您好"},
            "POST api-proposal-messages": {"text": "您好"},
            "POST service_offer_order": {"version": 1},
            "POST api-serviceoffer-orders": {"version": 1},
            "POST api-serviceoffer-list": package,
            "PUT api-serviceoffer-detail": package | {"version": 1},
            "POST api-proposal-agreement": {"version": 1},
            "POST api-proposal-offers": {
                "monthly_fee_fen": 100,
                "share_bp": 0,
                "starts_on": str(need.starts_on),
                "term_months": 3,
                "version": 1,
            },
            "POST need_template": {"name": "别的"},
            "POST api-needdraft-list": {"values": {"title": ["一"]}},
            "PUT api-needdraft-detail": {"values": {"title": ["二"]}, "seen": 1},
            "POST api-freedays-list": {"spans": []},
            "POST api-proposaldraft-list": {"values": {"plan": ["一"]}, "need": other.pk},
            "PUT api-proposaldraft-detail": {"values": {"plan": ["二"]}, "seen": 1},
            "POST api-needtemplate-list": {"need": need.pk, "name": "又一"},
            "POST need_question": {"text": "有库存接口吗？"},
            "POST api-need-questions": {"text": "有库存接口吗？"},
            "POST question_answer": {f"{question.pk}-answer": "有。"},
            "POST api-question-answer": {"answer": "有。"},
        },
        rows={
            "needs_exposure": exposure,
            "needs_question": question,
            "needs_messagereport": report,
            "needs_responsefact": _fact(cast),
            "needs_offer": proposal.offers.first(),
            "needs_serviceoffer": offer,
            "needs_needtemplate": house,
        },
    )
