"""What agreements owe once a month (guarantees, ladders, rates, fixed sums), by the engine that
`manage.py split` runs: rows up to the month of a run, less what was posted of them before."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q, Sum

from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Closing
from portal.ledger.selectors import end_of
from portal.ledger.services import Place, open_accounts, post
from portal.ledger.states import Kind, Track
from portal.parties.models import Party
from portal.revenue import engine
from portal.revenue.models import AgreementVersion
from portal.revenue.states import PaperRole, Side
from portal.settlement.models import Run, TrueUp
from portal.settlement.rules import can_go_on
from portal.settlement.services.looks import Look, papers_to_look_at
from portal.settlement.states import TRUE_UP
from portal.settlement.turnovers import nets_of

# Terms that name a paper are those of its payer's lines, asked by party for the index. When
# a party becomes another one, its papers are that one's and its lines stay its own.
PAPERS = """
    SELECT line.id FROM revenue_orderline line
    JOIN revenue_terms terms ON terms.sha256 = line.terms_id
    WHERE line.{payer} = ANY(%(payers)s) AND terms.made_of @> %(paper)s::jsonb {within}
"""
WITHIN = """
    AND line.paid_at >= %(paid_from)s AND EXISTS (
        SELECT FROM revenue_orderevent one
        WHERE one.line_id = line.id AND one.kind = 'settled' AND one.occurred_at > %(before)s
    )
"""
SETTLED_BEFORE = """
    WITH lines AS MATERIALIZED ({papers}) SELECT EXISTS (
        SELECT FROM lines JOIN revenue_orderevent one ON one.line_id = lines.id
        WHERE one.kind = 'settled' AND one.occurred_at <= %(before)s
    )
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
ONE_DAY = timedelta(days=1)
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
    for done, look in enumerate(papers):
        report(done, len(papers))
        posted += _post_paper(actor, run, look)
    return posted


def rows_due(look: Look, until: date) -> list[Due]:
    """Everything that is owed of the months looked at by the end of this one, as far as is known
    today."""
    version, terms = look.version, held_terms(look.version)
    nets = nets_of(version.agreement.scope_kind)
    if nets is not None:
        return list(_rows_of_nets(version, terms, nets(version, _month(until)), until))
    months = gathered(look, terms)
    due = [_due(row, months.net) for row in months.rows(_month(until)) if row.amount]
    return [one for one in due if _is_looked_at(look, one.key)]


def _is_looked_at(look: Look, key: Key) -> bool:
    _code, posted_in, corrects = key
    return look.start is None or (corrects or posted_in) >= look.start


def held_terms(version: AgreementVersion) -> engine.Agreement:
    """For the days it really held: a later version may have ended it within a month."""
    days = version.in_force
    assert days is not None
    return replace(version.terms, effective_from=days.lower, effective_to=days.upper)


def gathered(look: Look, terms: engine.Agreement) -> engine.Months:
    """The settled postings of the lines that were split by this paper, by month. The paper's own
    tree says what each of its parts took of them. Of months before those looked at it says only
    that there were some, where that counts: a month without turnover owes what is guaranteed."""
    months, version = engine.Months(terms), look.version
    is_share = version.agreement.role == PaperRole.AGENCY_SHARE
    payer = "creator_id" if is_share else "merchant_id"
    values: dict[str, Any] = {
        "payers": _payers(version),
        "paper": f'[{{"from": "paper", "id": "{version.pk}"}}]',
    }
    if look.start is not None:
        values |= {"before": end_of(look.start - ONE_DAY), "paid_from": look.paid_from}
        if _goes_on_alone(terms) and _settled_before(look, payer, values):
            months.add_sum(_month(look.start - ONE_DAY), engine.Turnover())
        if look.paid_from is None:
            return months
    papers = PAPERS.format(payer=payer, within="" if look.start is None else WITHIN)
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


def _payers(version: AgreementVersion) -> list[int]:
    """Who pays by it, and those who were merged into that party."""
    payer = version.agreement.payer_id
    both = Party.objects.filter(Q(pk=payer) | Q(merged_into=payer))
    return list(both.values_list("pk", flat=True))


def _goes_on_alone(terms: engine.Agreement) -> bool:
    parts = terms.period_components
    return any(one.guarantee is not None or one.fixed_fen is not None for one in parts)


def _settled_before(look: Look, payer: str, values: Mapping[str, Any]) -> bool:
    """A row that was posted says so; only where none was are the lines asked."""
    start = look.start
    is_before = Q(corrects__lt=start) | Q(corrects=None, posted_in__lt=start)
    if TrueUp.objects.filter(is_before, version=look.version).exists():
        return True
    papers = PAPERS.format(payer=payer, within="")
    [(found,)] = _rows(SETTLED_BEFORE.format(papers=papers), values)
    return bool(found)


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
def _post_paper(actor: Actor, run: Run, look: Look) -> int:
    version = look.version
    run = Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    can_go_on(run).require()
    due = {one.key: one for one in rows_due(look, run.month)}
    known, journals = _posted(version), 0
    posted = {key: fen for key, fen in known.items() if _is_looked_at(look, key)}
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
