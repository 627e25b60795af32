"""Settlements are the platform's finance people's; a statement is its party's, too."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core import clock
from portal.ledger.fields import month_of
from portal.revenue.models import OrderLine
from portal.settlement import services
from portal.settlement.fields import AdjustmentFields, DisputeFields
from portal.settlement.models import Statement, TrueUp
from tests.factories import SYSTEM
from tests.revenue.agreements.making import FEE, agreed
from tests.revenue.orders.telling import Order, record
from tests.routes import Arranged, Cast

FINANCE = ("finance maker", "finance checker", "auditor")
READ = "finance maker 200, finance checker 200, auditor 200, administrator 200"
OURS = f"visitor 302, {READ}, * 403"
MAKER = "visitor 302, finance maker {0}, administrator {0}, * 403"
CHECKER = "visitor 302, finance checker {0}, administrator {0}, * 403"
SHOWN = f"visitor 302, creator 200, {READ}, * 404"
PARTY = (
    "visitor 302, creator {0}, finance maker 403, finance checker 403, auditor 403, "
    "administrator 403, * 404"
)
CHECKED = (
    "visitor 302, creator {1}, finance maker 403, finance checker {0}, auditor 403, "
    "administrator {0}, * 404"
)
MADE = (
    "visitor 302, creator 403, finance maker {0}, finance checker 403, auditor 403, "
    "administrator {0}, * 404"
)
PAGES = {
    "GET settlement_list": OURS,
    "POST settlement_new": MAKER.format(200),  # an empty form comes back
    "GET settlement_check": OURS,
    "GET settlement_detail": OURS,
    "POST settlement_stop": MAKER.format(409),
    "POST settlement_resume": MAKER.format(409),
    "POST settlement_sending": MAKER.format(409),
    "POST settlement_approval": CHECKER.format(302),
    "GET statement_register": OURS,
    "GET statement_detail": SHOWN,
    "POST statement_agreement": PARTY.format(409),
    "POST statement_approval": CHECKED.format(302, 403),
    "GET statement_dispute": PARTY.format(200),
    "POST statement_dispute": PARTY.format(200),
    "GET below_zero_register": OURS,
    "GET statement_balance": "visitor 302, * 404",  # it is not below zero
    "GET line_dispute_register": OURS,
    "GET line_dispute_detail": SHOWN,
    "POST line_dispute_decision": MADE.format(200),
    "POST line_dispute_withdrawal": PARTY.format(302),
    "GET adjustment_list": OURS,
    "GET adjustment_new": MAKER.format(200),
    "POST adjustment_new": MAKER.format(200),
    "GET adjustment_detail": f"visitor 302, {READ}, * 404",
    "POST adjustment_approval": CHECKED.format(302, 404),
    "POST adjustment_refusal": CHECKED.format(302, 404),
}
API_OURS = f"visitor 401, {READ}, * 403"
API_MAKER = "visitor 401, finance maker {0}, administrator {0}, * 403"
API_CHECKER = "visitor 401, finance checker {0}, administrator {0}, * 403"
OTHERS = "owner 404, provider 404, rival 404, agency 404"
API_LIST = (
    f"visitor 401, owner 200, provider 200, rival 200, agency 200, creator 200, {READ}, * 403"
)
API_SHOWN = f"visitor 401, {OTHERS}, creator 200, {READ}, * 403"
API_PARTY = f"visitor 401, {OTHERS}, creator {{0}}, * 403"
API_CHECKED = (
    f"visitor 401, {OTHERS}, creator {{1}}, finance checker {{0}}, administrator {{0}}, * 403"
)
API_MADE = f"visitor 401, {OTHERS}, creator 403, finance maker {{0}}, administrator {{0}}, * 403"
API = {
    "GET api-settlement-list": API_OURS,
    "POST api-settlement-list": API_MAKER.format(409),
    "GET api-settlement-detail": API_OURS,
    "POST api-settlement-stop": API_MAKER.format(409),
    "POST api-settlement-resume": API_MAKER.format(409),
    "POST api-settlement-sending": API_MAKER.format(409),
    "POST api-settlement-approval": API_CHECKER.format(200),
    "GET api-statement-list": API_LIST,
    "GET api-statement-detail": API_SHOWN,
    "GET api-statement-lines": API_SHOWN,
    "GET api-statement-paper": API_SHOWN,
    "GET api-below-zero-list": API_LIST,
    "POST api-statement-agreement": API_PARTY.format(409),
    "POST api-statement-approval": API_CHECKED.format(200, 403),
    "POST api-statement-disputes": API_PARTY.format(201),
    "GET api-line-dispute-list": API_LIST,
    "GET api-line-dispute-detail": API_SHOWN,
    "POST api-line-dispute-decision": API_MADE.format(200),
    "POST api-line-dispute-withdrawal": API_PARTY.format(200),
    "GET api-correction-list": API_LIST,
    "POST api-correction-list": API_MAKER.format(201),
    "GET api-correction-detail": f"visitor 401, {OTHERS}, creator 404, {READ}, * 403",
    "POST api-correction-approval": API_CHECKED.format(200, 404),
    "POST api-correction-refusal": API_CHECKED.format(200, 404),
}
SEEN_IN_ADMIN = dict.fromkeys(
    (
        *("settlement_run", "settlement_statement", "settlement_trueup"),
        *("settlement_linedispute", "settlement_adjustment"),
    ),
    FINANCE,
)
MONTHLY = {"code": "月费", "party": "payee", "payer": "payer", "of": "net_gmv", "fixed_fen": 100}


def arrange(cast: Cast) -> Arranged:
    """The month before this one, sent; the creator's statement with lines in dispute."""
    assert cast.creator.party is not None
    month = (month_of(clock.now()) - timedelta(days=1)).replace(day=1)
    _sell(cast, month)
    run = services.prepare_run(SYSTEM, month=month, in_background=False)
    services.send_statements(SYSTEM, run=services.run_now(SYSTEM, run=run))
    statement = Statement.objects.get(run=run, party=cast.creator.party)
    first, second = OrderLine.objects.order_by("pk").values_list("pk", flat=True)
    dispute = services.dispute_lines(
        cast.creator.actor, statement=statement, fields=DisputeFields([first], "不对")
    )
    fields = AdjustmentFields(cast.creator.party.pk, 500, clock.today(), "补差")
    adjustment = services.prepare_adjustment(SYSTEM, fields=fields)
    by_number, by_run = {"number": statement.number}, {"pk": run.pk}
    actions = ("detail", "stop", "resume", "sending", "approval")
    decision = {"is_upheld": False, "why": "已签收"}
    return Arranged(
        kwargs={
            **{f"settlement_{name}": by_run for name in actions},
            **{f"api-settlement-{name}": by_run for name in actions},
            **{
                f"statement_{name}": by_number
                for name in ("detail", "agreement", "approval", "dispute", "balance")
            },
            **{
                f"api-statement-{name}": by_number
                for name in ("detail", "lines", "paper", "agreement", "approval", "disputes")
            },
            **{
                f"{base}{name}": {"pk": dispute.pk}
                for base in ("line_dispute_", "api-line-dispute-")
                for name in ("detail", "decision", "withdrawal")
            },
            **{
                f"{base}{name}": {"pk": adjustment.pk}
                for base in ("adjustment_", "api-correction-")
                for name in ("detail", "approval", "refusal")
            },
        },
        bodies={
            "POST api-settlement-list": {"month": "2020-01-01"},
            "POST api-statement-disputes": {"lines": [second], "reason": "也不对"},
            "POST api-line-dispute-decision": decision,
            "POST adjustment_refusal": {"why": "没有凭据"},
            "POST api-correction-refusal": {"why": "没有凭据"},
            "POST api-correction-list": {
                "party_id": cast.creator.party.pk,
                "amount_fen": 5,
                "effective_on": clock.today().isoformat(),
                "reason": "补差",
            },
        },
        rows={
            "settlement_run": run,
            "settlement_statement": statement,
            "settlement_trueup": TrueUp.objects.first(),
            "settlement_linedispute": dispute,
            "settlement_adjustment": adjustment,
        },
    )


def _sell(cast: Cast, month: date) -> None:
    begin = clock.now().replace(year=month.year, month=month.month, day=2, hour=4)
    commission = {"code": "佣金", "rate_bp": 2000, "party": "payee"}
    with clock.standing_at(begin - timedelta(days=1)):
        agreed(cast.owner, cast.creator, role="commission", components=[commission])
        agreed(cast.owner, cast.provider, components=[FEE], period_components=[MONTHLY])
    for name in ("D1", "D2"):
        with clock.standing_at(begin):
            order = Order(cast.owner, cast.creator, order=name)
        with clock.standing_at(begin + timedelta(days=3)):
            record(order.paid(), order.settled(hours=48))
