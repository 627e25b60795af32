"""A cooperation is between its two sides; whoever manages one of them acts."""

from __future__ import annotations

from datetime import timedelta

from matchmaking.cooperation import services
from matchmaking.cooperation.demo import pay_something
from matchmaking.cooperation.fields import (
    AmendmentFields,
    DisputeFields,
    ObligationFields,
    ReviewFields,
)
from matchmaking.cooperation.models import Closing
from matchmaking.needs.services import accept_proposal
from portal.core import clock
from tests import factories
from tests.routes import Arranged, Cast

FORM = "visitor 302, owner 200, provider 200, member 403, * 404"
ACT = "visitor 302, owner 302, provider 302, member 403, * 404"
NOT_NOW = "visitor 302, owner 409, provider 409, member 403, * 404"
SEEN = "visitor 302, operator 200, risk 200, auditor 200, finance maker 200, finance checker 200, "
PROPOSES = "provider 422, rival 422, agency 422, creator 422, * 403"  # two that are hired
DESK = "visitor 302, operator 200, risk 200, auditor 200, administrator 200, * 403"
BOTH = "visitor 302, owner 200, provider 200, member 200, "
DECIDES = "visitor 302, owner 403, provider 403, member 403, "
PAGES = {
    "GET dispute_register": DESK,
    "GET dispute_create": NOT_NOW,  # it has not begun
    "POST dispute_create": NOT_NOW,
    "GET dispute_detail": BOTH + "operator 200, risk 200, auditor 200, administrator 200, * 404",
    "POST dispute_statement": BOTH
    + "operator 200, risk 200, auditor 200, administrator 200, * 404",  # empty
    "POST dispute_withdrawal": "visitor 302, owner 302, provider 403, member 403, "
    "operator 403, risk 403, auditor 403, administrator 403, * 404",
    "POST dispute_appeal": BOTH + "operator 200, risk 200, auditor 200, administrator 200, * 404",
    "POST dispute_decision": DECIDES
    + "operator 409, risk 403, auditor 403, administrator 409, * 404",
    "GET return_list": "visitor 302, owner 200, member 200, provider 200, rival 200, agency 200, "
    "creator 200, * 403",
    "GET return_register": SEEN + "administrator 200, * 403",
    "GET cooperation_create": f"visitor 302, owner 200, {PROPOSES}",
    "POST cooperation_create": f"visitor 302, owner 200, {PROPOSES}",  # empty
    "GET amendment_counter": "visitor 302, owner 409, provider 200, member 403, * 404",
    "POST amendment_counter": "visitor 302, owner 409, provider 200, member 403, * 404",  # empty
    "GET cooperation_register": SEEN + "administrator 200, * 403",
    "GET cooperation_pause": NOT_NOW,  # it has not begun
    "POST cooperation_pause": NOT_NOW,
    "POST cooperation_resumption": NOT_NOW,
    "GET cooperation_ending": FORM,
    "POST cooperation_ending": FORM,  # an empty form comes back
    "POST cooperation_ending_withdrawal": NOT_NOW,
    "POST cooperation_completion": NOT_NOW,
    "POST cooperation_completion_withdrawal": NOT_NOW,
    "GET obligation_create": FORM,
    "POST obligation_create": FORM,
    "GET amendment_create": NOT_NOW,  # one is waiting
    "POST amendment_create": NOT_NOW,
    "GET review_create": NOT_NOW,
    "POST review_create": NOT_NOW,
    "POST obligation_acceptance": "visitor 302, owner 403, provider 302, member 403, * 404",
    "POST obligation_refusal": "visitor 302, owner 403, provider 302, member 403, * 404",
    "GET obligation_finish": "visitor 302, owner 403, provider 200, member 403, * 404",
    "POST obligation_finish": "visitor 302, owner 403, provider 302, member 403, * 404",
    "POST obligation_confirmation": "visitor 302, owner 302, provider 403, member 403, * 404",
    "GET obligation_return": "visitor 302, owner 200, provider 403, member 403, * 404",
    "POST obligation_return": "visitor 302, owner 302, provider 403, member 403, * 404",
    "POST obligation_waiver": "visitor 302, owner 302, provider 403, member 403, * 404",
    "POST amendment_acceptance": "visitor 302, owner 409, provider 302, member 403, * 404",
    "POST amendment_refusal": "visitor 302, owner 409, provider 302, member 403, * 404",
    "POST amendment_withdrawal": "visitor 302, owner 302, provider 409, member 403, * 404",
    "GET cooperation_paper": "visitor 302, owner 200, member 200, provider 200, * 404",
    "GET paper_check": "* 200",
    "GET review_answer": "visitor 302, owner 403, provider 200, member 403, * 404",
    "POST review_answer": "visitor 302, owner 403, provider 302, member 403, * 404",
}
LATER = "visitor 401, owner 409, provider 409, member 403, * 404"
API = {
    "GET api-cooperation-figures": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-cooperation-disputes": LATER,
    "GET api-dispute-list": "visitor 401, * 200",
    "GET api-dispute-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "GET api-dispute-statements": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-dispute-statements": "visitor 401, owner 201, provider 201, member 403, * 404",
    "POST api-dispute-withdrawal": "visitor 401, owner 200, provider 403, member 403, * 404",
    "POST api-dispute-appeal": "visitor 401, owner 409, provider 409, member 403, * 404",
    "GET api-door-returns": "visitor 401, owner 200, member 200, provider 200, rival 200, "
    "agency 200, creator 200, * 403",
    "POST api-cooperation-list": f"visitor 401, owner 201, {PROPOSES}",
    "POST api-amendment-counter": "visitor 401, owner 409, provider 201, member 403, * 404",
    "POST api-cooperation-pause": LATER,
    "POST api-cooperation-resumption": LATER,
    "POST api-cooperation-ending": "visitor 401, owner 200, provider 200, member 403, * 404",
    "POST api-cooperation-ending-withdrawal": LATER,
    "POST api-cooperation-completion": LATER,
    "POST api-cooperation-completion-withdrawal": LATER,
    "GET api-cooperation-obligations": ("visitor 401, owner 200, member 200, provider 200, * 404"),
    "POST api-cooperation-obligations": "visitor 401, owner 201, provider 201, member 403, * 404",
    "GET api-cooperation-amendments": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-cooperation-amendments": LATER,
    "GET api-cooperation-versions": "visitor 401, owner 200, member 200, provider 200, * 404",
    "GET api-cooperation-paper": "visitor 401, owner 200, member 200, provider 200, * 404",
    "GET api-paper-check": "* 200",
    "GET api-cooperation-reviews": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-cooperation-reviews": LATER,
    "POST api-obligation-acceptance": "visitor 401, owner 403, provider 200, member 403, * 404",
    "POST api-obligation-refusal": "visitor 401, owner 403, provider 200, member 403, * 404",
    "POST api-obligation-finish": "visitor 401, owner 403, provider 200, member 403, * 404",
    "POST api-obligation-confirmation": "visitor 401, owner 200, provider 403, member 403, * 404",
    "POST api-obligation-return": "visitor 401, owner 200, provider 403, member 403, * 404",
    "POST api-obligation-waiver": "visitor 401, owner 200, provider 403, member 403, * 404",
    "POST api-amendment-acceptance": "visitor 401, owner 409, provider 200, member 403, * 404",
    "POST api-amendment-refusal": "visitor 401, owner 409, provider 200, member 403, * 404",
    "POST api-amendment-withdrawal": "visitor 401, owner 200, provider 409, member 403, * 404",
    "POST api-review-answer": "visitor 401, owner 403, provider 200, member 403, * 404",
}
TRADE = ("operator", "risk", "auditor")
SEEN_IN_ADMIN = {
    "cooperation_obligation": TRADE,
    "cooperation_review": TRADE,
    "cooperation_dispute": TRADE,
    "cooperation_closing": TRADE,
}


def arrange(cast: Cast) -> Arranged:
    buyer, seller = cast.owner.actor, cast.provider.actor
    assert cast.rival.party is not None

    def agree():
        need = factories.open_need(buyer)
        proposal = factories.submitted_proposal(seller, need)
        return accept_proposal(buyer, proposal=proposal)

    cooperation, ended = agree(), agree()
    due = clock.today() + timedelta(days=9)

    def asked(title):
        fields = ObligationFields(title, due, is_ours=False)
        return services.add_obligation(buyer, cooperation=cooperation, fields=fields)

    waits, open_one, done = asked("a"), asked("b"), asked("c")
    for row in (open_one, done):
        services.accept_obligation(seller, obligation=row)
    services.finish_obligation(seller, obligation=done)
    change = AmendmentFields(cooperation.ends_on + timedelta(days=9), cooperation.scope)
    amendment = services.propose_amendment(buyer, cooperation=cooperation, fields=change)
    with clock.standing_at(clock.now() + timedelta(days=31)):
        services.sweep_cooperations(factories.SYSTEM)
        ended.refresh_from_db()
        pay_something(ended)
        for side in (buyer, seller):
            services.complete_cooperation(side, cooperation=ended)
        stars = ReviewFields(5, 5, 5, "好")
        review = services.give_review(buyer, cooperation=ended, fields=stars)
        services.give_review(seller, cooperation=ended, fields=stars)
        ended.refresh_from_db()
        first_day = ended.starts_on
        said = DisputeFields("quality", 5_000, first_day, first_day, "少播 3 场")
        dispute = services.open_dispute(buyer, cooperation=ended, fields=said)
    closing = Closing(
        cooperation=cooperation,
        at=clock.now(),
        lines=0,
        paid_fen=0,
        settled_fen=0,
        net_fen=0,
        by_lines_fen=0,
        fees_fen=0,
        priced_fen=0,
        refund_fen=0,
    )
    closing.save(force_insert=True)
    # The one that waits for its first day stands as it was agreed.
    type(cooperation).objects.filter(pk=cooperation.pk).update(status="accepted", began_at=None)
    one, change_of = {"pk": cooperation.pk}, {"pk": amendment.pk}
    kwargs = {
        **{f"cooperation_{end}": one for end in ("pause", "resumption", "ending", "completion")},
        **{key: one for key in _api("cooperation") if key != "api-cooperation-list"},
        "cooperation_create": {"party": cast.rival.party.pk},
        "cooperation_paper": one | {"number": 1},
        "api-cooperation-paper": one | {"number": 1},
        "api-paper-check": {"digest": cooperation.versions.get().digest},
        "cooperation_ending_withdrawal": one,
        "cooperation_completion_withdrawal": one,
        "obligation_create": one,
        "dispute_create": one,
        **{
            f"dispute_{end}": {"pk": dispute.pk}
            for end in ("detail", "statement", "withdrawal", "appeal", "decision")
        },
        **{key: {"pk": dispute.pk} for key in _api("dispute") if key != "api-dispute-list"},
        "amendment_create": one,
        "review_create": one,
        "review_answer": {"pk": review.pk},
        "api-review-answer": {"pk": review.pk},
    }
    for end, row in (
        ("acceptance", waits),
        ("refusal", waits),
        ("finish", open_one),
        ("waiver", open_one),
        ("confirmation", done),
        ("return", done),
    ):
        kwargs[f"obligation_{end}"] = kwargs[f"api-obligation-{end}"] = {"pk": row.pk}
    for end in ("acceptance", "counter", "refusal", "withdrawal"):
        kwargs[f"amendment_{end}"] = kwargs[f"api-amendment-{end}"] = change_of
    first = clock.today().isoformat()
    later = (clock.today() + timedelta(days=5)).isoformat()
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST api-amendment-counter": {"notice_days": 12},
            "POST api-cooperation-disputes": {
                "reason": "quality",
                "wanted_bp": 1_000,
                "first_day": cooperation.starts_on.isoformat(),
                "last_day": cooperation.starts_on.isoformat(),
                "text": "少播 3 场",
            },
            "POST api-dispute-statements": {"text": "有记录"},
            "POST api-dispute-appeal": {"text": "请再看"},
            "POST api-cooperation-list": {
                "party": cast.rival.party.pk,
                "title": "直播间代运营",
                "scope": "每周五场",
                "monthly_fee_fen": 1_000_000,
                "share_bp": 300,
                "starts_on": later,
                "term_months": 3,
            },
            "POST obligation_return": {"note": "缺 3 件"},
            "POST api-obligation-return": {"note": "缺 3 件"},
            "POST review_answer": {"answer": "谢谢"},
            "POST api-review-answer": {"answer": "谢谢"},
            "POST api-cooperation-pause": {"reason": "备货", "until": later},
            "POST api-cooperation-ending": {
                "reason": "plans",
                "note": "调整",
                "effective_on": first,
            },
            "POST api-cooperation-obligations": {
                "title": "寄样",
                "due_on": later,
                "is_ours": True,
            },
            "POST api-cooperation-amendments": {"ends_on": later, "scope": "x"},
            "POST api-cooperation-reviews": {
                "result": 5,
                "communication": 5,
                "reliability": 5,
            },
        },
        rows={
            "cooperation_obligation": waits,
            "cooperation_review": review,
            "cooperation_dispute": dispute,
            "cooperation_closing": closing,
        },
    )


def _api(noun: str) -> list[str]:
    return [key.split()[1] for key in API if key.split()[1].startswith(f"api-{noun}-")]
