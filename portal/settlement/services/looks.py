"""Which papers a month's end reads, and from which month on: what an earlier run has posted, and of
which nothing was told since, is not read again."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from portal.ledger.fields import month_after, month_of
from portal.ledger.selectors import end_of
from portal.revenue.models import AgreementVersion, AgreementVersionQuerySet
from portal.settlement.models import Run
from portal.settlement.states import RunStatus
from portal.settlement.turnovers import kinds_told

OVERLAP = timedelta(days=1)  # what was being written while the run before it looked
LINES = """
    trees AS (
        SELECT terms.sha256, made ->> 'id' AS paper
        FROM revenue_terms terms, jsonb_array_elements(terms.made_of) made
        WHERE made ->> 'from' = 'paper' AND made ->> 'id' = ANY(%(papers)s)
    ), lines AS (
        SELECT line.id, line.terms_id, line.paid_at FROM revenue_orderline line
        WHERE line.terms_id IN (SELECT sha256 FROM trees)
    )
"""
# Of each paper the first moment at which a line settled of which something was told since: what
# settled before it stands as it was posted.
FIRST_SETTLED = f"""
    WITH {LINES}, told AS (
        SELECT lines.terms_id, min(settled.occurred_at) AS at
        FROM lines
        JOIN revenue_orderevent settled ON settled.line_id = lines.id AND settled.kind = 'settled'
        WHERE EXISTS (
            SELECT FROM revenue_orderevent event WHERE event.line_id = lines.id
              AND (event.recorded_at >= %(since)s OR event.occurred_at >= %(after)s)
        )
        GROUP BY 1
    )
    SELECT trees.paper, min(told.at) FROM told JOIN trees ON trees.sha256 = told.terms_id GROUP BY 1
"""  # noqa: S608 - put together from constants
# When the first of the lines was paid that settled in each month: the index of a party's lines is
# by that day.
FIRST_PAID = f"""
    WITH {LINES}, settled AS (
        SELECT lines.terms_id, min(lines.paid_at) AS paid_at,
            date_trunc('month', event.occurred_at AT TIME ZONE 'Asia/Shanghai')::date AS month
        FROM lines JOIN revenue_orderevent event ON event.line_id = lines.id
        WHERE event.kind = 'settled' AND event.occurred_at >= %(first)s
        GROUP BY 1, 3
    )
    SELECT trees.paper, settled.month, min(settled.paid_at)
    FROM settled JOIN trees ON trees.sha256 = settled.terms_id GROUP BY 1, 2
"""  # noqa: S608 - put together from constants


class Look(NamedTuple):
    """A paper, and the first month that is looked at; None: all of them. `paid_from`: no line that
    settled in those months was paid before; None: no line settled in them."""

    version: AgreementVersion
    start: date | None = None
    paid_from: datetime | None = None


def papers_to_look_at(run: Run) -> list[Look]:
    """Those that may still owe something of a month, and those of whose lines something was told
    since the run before."""
    papers = papers_with_months(run.month)
    before = Run.objects.monthly().exclude(status=RunStatus.OPEN).order_by("month").last()
    if before is None:
        return [Look(version) for version in _read(papers)]
    told = _first_settled(papers, before)
    found = _read(papers.filter(_is_open(before.month) | Q(pk__in=told.keys())))
    ahead = month_after(before.month)
    starts = {str(one.pk): min(told.get(str(one.pk), ahead), ahead) for one in found}
    paid = _first_paid(starts)
    return [_look(version, starts, paid) for version in found]


def papers_with_months(month: date) -> AgreementVersionQuerySet:
    """Versions with parts by the month that were in force by the end of this one."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return AgreementVersion.objects.filter(
        document__contains='"period_components"',
        in_force__isempty=False,
        in_force__startswith__lte=last,
    )


def _read(papers: AgreementVersionQuerySet) -> list[AgreementVersion]:
    found = papers.select_related("agreement").order_by("pk")
    return [version for version in found if version.terms.period_components]


def _is_open(month: date) -> Q:
    """Whether a month after this one may still owe something, or be told by another part."""
    goes_on = Q(in_force__upper_inf=True) | Q(in_force__endswith__gt=month_after(month))
    return goes_on | Q(agreement__scope_kind__in=list(kinds_told()))


def _look(
    version: AgreementVersion,
    starts: Mapping[str, date],
    paid: Mapping[str, Mapping[date, datetime]],
) -> Look:
    if version.agreement.scope_kind in kinds_told():
        return Look(version)
    start = starts[str(version.pk)]
    counted = [at for month, at in paid.get(str(version.pk), {}).items() if month >= start]
    return Look(version, start, min(counted, default=None))


def _first_settled(papers: AgreementVersionQuerySet, before: Run) -> dict[str, date]:
    """By paper, the month. What happened after the month that was looked at counts as told since,
    whenever it came: that run had left it for this one."""
    last = calendar.monthrange(before.month.year, before.month.month)[1]
    after = end_of(before.month.replace(day=last))
    values = {
        "papers": [str(pk) for pk in papers.values_list("pk", flat=True)],
        "since": min(before.prepared_at - OVERLAP, after),
        "after": after,
    }
    return {paper: month_of(at) for paper, at in _rows(FIRST_SETTLED, values)}


def _first_paid(starts: Mapping[str, date]) -> dict[str, dict[date, datetime]]:
    """By paper and month of settlement."""
    found: dict[str, dict[date, datetime]] = {}
    if not starts:
        return found
    first = end_of(min(starts.values()) - timedelta(days=1))
    for paper, month, at in _rows(FIRST_PAID, {"papers": list(starts), "first": first}):
        found.setdefault(paper, {})[month] = at
    return found


def _rows(statement: str, values: Mapping[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
