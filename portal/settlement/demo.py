"""The demo's settlements: three quarters month by month, prepared by one of the finance people and
approved by the other, and the last month's statements, which wait for the guide's parties. A closed
month was corrected, somebody was below zero for two months, and three disputes were raised."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from portal.core import clock, outbox
from portal.core.actor import OPERATOR, Actor
from portal.ledger.fields import month_after, month_of
from portal.parties.demo import DEMO, World, acting, cast_party, demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue.models import LineHold, OrderLine
from portal.settlement import selectors, services
from portal.settlement.fields import AdjustmentFields, Decision, DisputeFields
from portal.settlement.models import LineDispute, Run, Statement
from portal.settlement.states import RunStatus, StatementStatus

MONTHS = 9  # settled and approved, before the one that waits
DISMISSED, UPHELD, CORRECTED, BELOW = 5, 3, 4, 4  # months before the one that waits
SENT_AGO = timedelta(days=2)
SMALL_FEN = 200_000  # a month of somebody whose balance falls below zero


def settle_month(world: World, back: int) -> None:
    """So many months before the one that waits (0). Nobody is written to of what is long past."""
    month = _month(world, back)
    with outbox.born_delivered():
        if not back:
            _send(month, world.dawn - SENT_AGO)
            return
        begun = _at(month_after(month), 2, 9)
        with clock.standing_at(begun):
            if back == CORRECTED:
                _correct(month)
            if back == BELOW:
                _overdraw(month)
        run = _send(month, begun + timedelta(hours=1))
        if run.status == RunStatus.APPROVED:
            return  # nothing settled yet
        _answer(run, back, begun)
        _approve(run, begun + timedelta(days=8))
        if back == UPHELD:
            _decide(begun + timedelta(days=11), is_upheld=True)


def dispute_latest(world: World) -> None:
    """The guide's creator does not agree with a line of the last statement; nobody decided yet."""
    with outbox.born_delivered(), clock.standing_at(world.dawn - timedelta(days=1)):
        run = Run.objects.monthly().latest("month")
        _dispute(run, PartyKind.CREATOR, "样品寄回后被算成退货，这一单不应冲回。")


def _month(world: World, back: int) -> date:
    """The last one that was over two days ago, and those before it."""
    month = month_of(world.dawn - SENT_AGO)
    for _step in range(back + 1):
        month = month_of(_at(month, 1, 0) - timedelta(days=1))
    return month


def _at(month: date, day: int, hour: int) -> datetime:
    return datetime.combine(month.replace(day=day), time(hour), clock.SHANGHAI)


def _person(login: str) -> Actor:
    return Actor(user=demo_user(login), party=None, role=OPERATOR, via="demo")


def _send(month: date, moment: datetime) -> Run:
    maker = _person("finance")
    with clock.standing_at(moment):
        run = services.prepare_run(maker, month=month, in_background=False)
        run = services.run_now(maker, run=run)
    with clock.standing_at(moment + timedelta(hours=1)):
        return services.send_statements(maker, run=run)


def _answer(run: Run, back: int, begun: datetime) -> None:
    """The guide's parties look; everybody else lets the days pass."""
    with clock.standing_at(begun + timedelta(days=3)):
        if back == DISMISSED:
            _dispute(run, PartyKind.PROVIDER, "这几单由我们代运营的直播间成交，分成比例偏低。")
        if back == UPHELD:
            _dispute(run, PartyKind.AGENCY, "达人当天已离开机构，这一单不该由我们分。")
        _agree(run, cast_party(PartyKind.MERCHANT))
    if back == DISMISSED:
        _decide(begun + timedelta(days=5), is_upheld=False)


def _approve(run: Run, moment: datetime) -> None:
    with clock.standing_at(moment):
        while services.agree_silent(DEMO):
            pass
        services.approve_statements(_person("checker"), run=run)


def _agree(run: Run, party: Party) -> None:
    statement = run.statements.filter(party=party).first()
    if statement is not None:
        services.agree_statement(acting(party), statement=statement)


def _dispute(run: Run, kind: PartyKind, reason: str) -> None:
    """By the guide's party of this kind, or where it has no line that month by who has most."""
    answerable = run.statements.filter(status=StatementStatus.SENT, lines__gt=0)
    own = answerable.filter(party=cast_party(kind)).first()
    others = answerable.exclude(party__in=[cast_party(one) for one in PartyKind])
    statement = own or others.order_by("-lines", "party__name").first()
    if statement is None:
        return
    lines = [one for one in selectors.lines_page(statement).lines if not _is_held(one.line)][:2]
    if not lines:
        return
    fields = DisputeFields([one.line.pk for one in lines], reason)
    services.dispute_lines(acting(statement.party), statement=statement, fields=fields)


def _is_held(line: OrderLine) -> bool:
    """By a dispute about a cooperation."""
    return LineHold.objects.filter(line=line, released_at=None).exists()


def _decide(moment: datetime, *, is_upheld: bool) -> None:
    why = (
        "核对考勤后属实，退回商家。"
        if is_upheld
        else "协议 v1 约定为 3%，按付款当时的版本计算，无误。"
    )
    decision = Decision(is_upheld, why, returned_bp=10_000 if is_upheld else 0)
    with clock.standing_at(moment):
        for dispute in LineDispute.objects.open():
            services.decide_dispute(_person("finance"), dispute=dispute, decision=decision)


def _correct(month: date) -> None:
    """Of a month that is closed: what was wrong there is made good in the open one."""
    party, other = cast_party(PartyKind.PROVIDER), cast_party(PartyKind.MERCHANT)
    before = Statement.objects.filter(party=party).order_by("-pk").first()
    if before is None:
        return
    _post(
        AdjustmentFields(
            party_id=party.pk,
            counter_party_id=other.pk,
            amount_fen=12_640,
            effective_on=_at(month, 1, 0).date() - timedelta(days=9),
            reason=f"{before.number} 漏计一场直播的服务费",
            statement_id=before.pk,
        )
    )


def _overdraw(month: date) -> None:
    """More is taken back from somebody than the month brought: it takes two to make it good."""
    latest = Statement.objects.filter(run__month=_before(month), total__range=(1, SMALL_FEN))
    found = latest.exclude(party__in=[cast_party(kind) for kind in PartyKind])
    small = found.order_by("-lines", "-total", "party__name").first()
    if small is None:
        return
    fields = AdjustmentFields(
        party_id=small.party_id,
        amount_fen=-(3 * small.total),
        effective_on=_at(month, 1, 0).date() - timedelta(days=3),
        reason=f"{small.number} 重复计入的订单，收回多付部分",
        statement_id=small.pk,
    )
    _post(fields)


def _before(month: date) -> date:
    return month_of(_at(month, 1, 0) - timedelta(days=1))


def _post(fields: AdjustmentFields) -> None:
    made = services.prepare_adjustment(_person("finance"), fields=fields)
    services.approve_adjustment(_person("checker"), adjustment=made)
