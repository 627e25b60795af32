"""What agreements owe once a month (guarantees, ladders, rates, fixed sums), by the engine that
`manage.py split` runs: rows up to the month of a run, less what was posted of them before."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Sum

from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting, month_after
from portal.ledger.models import Closing
from portal.ledger.selectors import end_of
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.revenue import engine
from portal.revenue.models import AgreementVersion
from portal.revenue.states import PaperRole, Side
from portal.settlement.models import Run, TrueUp
from portal.settlement.rules import can_go_on
from portal.settlement.states import TRUE_UP, RunStatus
from portal.settlement.turnovers import nets_of

PAPERS = """
    SELECT line.id FROM revenue_orderline line
    JOIN revenue_terms terms ON terms.sha256 = line.terms_id
    WHERE line.{payer} = %(payer)s AND terms.made_of @> %(paper)s::jsonb
"""
# Lines that settled in one phase and of which nothing came back, by month and amount: most of all.
SIMPLE = """
    WITH lines AS ({papers}), told AS (
        SELECT event.line_id, min(event.amount_fen) FILTER (WHERE event.kind = 'settled') AS amount,
            min(event.occurred_at) FILTER (WHERE event.kind = 'settled') AS at,
            count(*) FILTER (WHERE event.kind = 'settled') AS phases,
            count(*) FILTER (WHERE event.kind = 'refunded') AS refunds
        FROM lines JOIN revenue_orderevent event ON event.line_id = lines.id GROUP BY 1
    )
    SELECT date_trunc('month', at AT TIME ZONE 'Asia/Shanghai')::date, amount, count(*)
    FROM told WHERE phases = 1 AND refunds = 0 GROUP BY 1, 2 ORDER BY 1, 2
"""
OTHERS = """
    WITH lines AS ({papers})
    SELECT event.line_id, event.kind, event.phase, event.amount_fen, event.occurred_at, event.id
    FROM lines JOIN revenue_orderevent event ON event.line_id = lines.id
    WHERE (SELECT count(*) FILTER (WHERE one.kind = 'refunded') > 0
             OR count(*) FILTER (WHERE one.kind = 'settled') > 1
           FROM revenue_orderevent one WHERE one.line_id = lines.id)
    ORDER BY event.line_id, event.id
"""
# Each paper once, however many events: lines share the few trees they were split by.
TOLD_SINCE = """
    SELECT DISTINCT made ->> 'id'
    FROM revenue_terms terms, jsonb_array_elements(terms.made_of) made
    WHERE made ->> 'from' = 'paper' AND terms.sha256 IN (
        SELECT line.terms_id FROM revenue_orderevent event
        JOIN revenue_orderline line ON line.id = event.line_id
        WHERE event.recorded_at >= %(since)s
    )
"""
OVERLAP = timedelta(days=1)  # what was being written while the run before it looked
Key = tuple[str, date, date | None]  # part, month of posting, month corrected
Report = Callable[[int, int], None]


class Due(NamedTuple):
    """`net`: the turnover it rests on, as it stood in the month of posting."""

    code: str
    posted_in: date
    corrects: date | None
    party: str
    payer: str
    net: int
    amount: int

    @property
    def key(self) -> Key:
        return self.code, self.posted_in, self.corrects


def post_true_ups(actor: Actor, *, run: Run, report: Report = lambda done, total: None) -> int:
    """Paper after paper; how many journals. Run again it finds nothing left to post."""
    papers, posted = papers_to_look_at(run), 0
    for done, version in enumerate(papers):
        report(done, len(papers))
        posted += _post_paper(actor, run, version)
    return posted


def papers_with_months(month: date) -> list[AgreementVersion]:
    """Versions with parts by the month that were in force by the end of this one."""
    rows = AgreementVersion.objects.filter(
        document__contains='"period_components"',
        in_force__isempty=False,
        in_force__startswith__lte=_last_day(month),
    )
    found = rows.select_related("agreement").order_by("pk")
    return [version for version in found if version.terms.period_components]


def papers_to_look_at(run: Run) -> list[AgreementVersion]:
    """Without those whose last month an earlier run has looked at, and of whose lines nothing was
    told since: of all that ended, most."""
    papers = papers_with_months(run.month)
    before = Run.objects.monthly().exclude(status=RunStatus.OPEN).order_by("month").last()
    if before is None or all(_is_open(version, before.month) for version in papers):
        return papers
    told = _told_since(before.prepared_at - OVERLAP)
    return [one for one in papers if _is_open(one, before.month) or str(one.pk) in told]


def _is_open(version: AgreementVersion, month: date) -> bool:
    """Whether a month after this one may still owe something, or be told by another part."""
    ends = version.in_force.upper if version.in_force is not None else None
    is_over = ends is not None and ends <= month_after(month)
    return not is_over or nets_of(version.agreement.scope_kind) is not None


def _told_since(moment: datetime) -> set[str]:
    """Papers of lines of which an event came in since then."""
    return {key for (key,) in _rows(TOLD_SINCE, {"since": moment})}


def rows_due(version: AgreementVersion, until: date) -> list[Due]:
    """Everything that is owed by the end of this month, as far as is known today."""
    terms = held_terms(version)
    nets = nets_of(version.agreement.scope_kind)
    if nets is not None:
        return list(_rows_of_nets(version, terms, nets(version, _month(until)), until))
    months = gathered(version, terms)
    return [_due(row, months.net) for row in months.rows(_month(until)) if row.amount]


def held_terms(version: AgreementVersion) -> engine.Agreement:
    """For the days it really held: a later version may have ended it within a month."""
    days = version.in_force
    assert days is not None
    return replace(version.terms, effective_from=days.lower, effective_to=days.upper)


def gathered(version: AgreementVersion, terms: engine.Agreement) -> engine.Months:
    """The settled postings of the lines that were split by this paper, by month. The paper's own
    tree says what each of its parts took of them."""
    months = engine.Months(terms)
    values = {
        "payer": version.agreement.payer_id,
        "paper": f'[{{"from": "paper", "id": "{version.pk}"}}]',
    }
    is_share = version.agreement.role == PaperRole.AGENCY_SHARE
    papers = PAPERS.format(payer="creator_id" if is_share else "merchant_id")
    for month, amount, count in _rows(SIMPLE.format(papers=papers), values):
        by_code: dict[str, int] = defaultdict(int)
        if months.codes:
            legs = engine.split(terms, amount)
            for place, code in months.codes:
                by_code[code] += legs[place] * count
        months.add_sum(_month(month), engine.Turnover(amount * count, dict(by_code)))
    for posting in engine.post_events(terms, _events(papers, values)).postings:
        months.add(posting)
    return months


def _events(papers: str, values: Mapping[str, Any]) -> Iterator[engine.Event]:
    rows = _rows(OTHERS.format(papers=papers), values)
    for line, told in groupby(rows, key=lambda row: row[0]):
        some = list(told)
        if any(kind == engine.Kind.PAID for _line, kind, *_rest in some):
            for _line, kind, phase, amount, at, pk in some:
                yield engine.Event(str(line), "", engine.Kind(kind), phase, amount, at, str(pk))


def _rows_of_nets(
    version: AgreementVersion,
    terms: engine.Agreement,
    nets: Mapping[engine.Month, int],
    until: date,
) -> Iterator[Due]:
    """Of months that are told as they are known today: what was posted stays, and what is new of a
    month that was posted before counts in this one."""
    amounts = _posted(version)
    before: dict[tuple[str, date], int] = defaultdict(int)
    for (code, posted_in, corrects), fen in amounts.items():
        before[code, corrects or posted_in] += fen
    months = {month.first_day for month in nets} | {about for _code, about in before}
    parts = {one.code: one for one in terms.period_components}
    for about in sorted(month for month in months if month <= until):
        for one in terms.period_components:
            turnover = engine.Turnover(nets.get(_month(about), 0))
            owed = engine.period_sum(terms, one, _month(about), turnover).amount
            is_first = (one.code, about) not in before
            key = (one.code, about, None) if is_first else (one.code, until, about)
            if owed != before.get((one.code, about), 0):
                amounts[key] = amounts.get(key, 0) + owed - before.get((one.code, about), 0)
    for (code, posted_in, corrects), fen in amounts.items():
        one, net = parts[code], nets.get(_month(corrects or posted_in), 0)
        yield Due(code, posted_in, corrects, one.party, one.payer, net, fen)


def _due(row: engine.PeriodRow, net: Callable[[engine.Month, engine.Month], int]) -> Due:
    about, one = row.corrects or row.posted_in, row.component
    return Due(
        one.code,
        row.posted_in.first_day,
        row.corrects.first_day if row.corrects else None,
        one.party,
        one.payer,
        net(about, row.posted_in),
        row.amount,
    )


@transaction.atomic
def _post_paper(actor: Actor, run: Run, version: AgreementVersion) -> int:
    run = Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    can_go_on(run).require()
    due = {one.key: one for one in rows_due(version, run.month)}
    posted, journals = _posted(version), 0
    for key in sorted(due.keys() | posted.keys(), key=str):
        one, before = due.get(key), posted.get(key, 0)
        amount = (one.amount if one else 0) - before
        if amount:
            _post(actor, run, version, one or _gone(version, key), amount)
            journals += 1
    return journals


def _gone(version: AgreementVersion, key: Key) -> Due:
    """A row that events told late have made nothing of."""
    code, posted_in, corrects = key
    one = next(one for one in version.terms.period_components if one.code == code)
    return Due(code, posted_in, corrects, one.party, one.payer, 0, 0)


def _posted(version: AgreementVersion) -> dict[Key, int]:
    rows = TrueUp.objects.filter(version=version).values_list("code", "posted_in", "corrects")
    sums = rows.annotate(fen=Sum("amount_fen")).order_by()
    return {(code, month, corrects): fen for code, month, corrects, fen in sums}


def _post(actor: Actor, run: Run, version: AgreementVersion, one: Due, amount: int) -> None:
    places = [_place(version, one.party), _place(version, one.payer)]
    accounts = open_accounts(actor, places=places)
    legs = [
        Leg(accounts[places[0]], amount, one.code),
        Leg(accounts[places[1]], -amount, one.code),
    ]
    corrects = f"{one.corrects:%Y-%m}" if one.corrects else ""
    key = f"{TRUE_UP}/{version.pk}/{one.code}/{one.posted_in:%Y-%m}/{corrects}/{run.pk}"
    is_closed = Closing.objects.filter(month__gte=run.month).exists()
    posting = Posting(
        key=key,
        cause_type=TRUE_UP,
        cause_id=str(version.pk),
        occurred_at=end_of(_last_day(one.posted_in)),
        text=f"{one.code} {one.posted_in:%Y-%m} {corrects}".strip(),
        legs=legs,
        period=None if is_closed else run.month,
    )
    posted = post(actor, posting=posting)
    TrueUp.objects.create(
        run=run,
        version=version,
        code=one.code,
        posted_in=one.posted_in,
        corrects=one.corrects,
        net_fen=one.net,
        amount_fen=amount,
        journal_id=posted.journal_id,
    )


def _place(version: AgreementVersion, side: str) -> Place:
    """The platform pays out of its fees, and is paid into them."""
    agreement = version.agreement
    party = {Side.PAYER: agreement.payer_id, Side.PAYEE: agreement.payee_id}.get(Side(side))
    if party is None:
        return Place(None, Kind.FEES, Track.SETTLED)
    return Place(party, Kind.SHARE, Track.SETTLED)


def _month(day: date) -> engine.Month:
    return engine.Month(day.year, day.month)


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _rows(statement: str, values: Mapping[str, Any]) -> Iterable[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
