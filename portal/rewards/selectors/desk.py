"""What operators read of a season: how far claims get, what improvement costs, how long its pools
last. Each number is counted by the database and reckoned by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.core import clock
from portal.core.templatetags.ui import MISSING, day, num
from portal.evaluation.selectors import indicator_names
from portal.rewards.engine import Change, Forecast, Paces, forecast, funnel_of, unit_cost
from portal.rewards.models import Claim, ClaimStep, Pool, PoolEntry, Programme
from portal.rewards.states import ClaimStatus, EntryKind
from portal.rewards.words import amount_in_words

SPAN_DAYS = 30
PASSED = (ClaimStatus.PASSED, ClaimStatus.REWARDED, ClaimStatus.REVOKED)
# What was granted for an indicator, with the last official value of its party before the claim and
# the first after its end.
CHANGES = """
    SELECT task.indicator, task.unit, claim.amount, before.scaled, after.scaled
    FROM rewards_claim claim
    JOIN rewards_task task ON task.id = claim.task_id
    CROSS JOIN LATERAL (
        SELECT value.scaled FROM evaluation_rating rating
        JOIN evaluation_snapshot shot ON shot.id = rating.snapshot_id
        JOIN evaluation_indicatorvalue value
            ON value.rating_id = rating.id AND value.indicator = task.indicator
        WHERE rating.party_id = claim.party_id AND rating.is_home
            AND shot.kind = 'official' AND shot.status = 'published'
            AND shot.ends_on <= (claim.claimed_at AT TIME ZONE 'Asia/Shanghai')::date
        ORDER BY shot.ends_on DESC LIMIT 1
    ) before
    CROSS JOIN LATERAL (
        SELECT value.scaled FROM evaluation_rating rating
        JOIN evaluation_snapshot shot ON shot.id = rating.snapshot_id
        JOIN evaluation_indicatorvalue value
            ON value.rating_id = rating.id AND value.indicator = task.indicator
        WHERE rating.party_id = claim.party_id AND rating.is_home
            AND shot.kind = 'official' AND shot.status = 'published'
            AND shot.ends_on > (claim.ended_at AT TIME ZONE 'Asia/Shanghai')::date
        ORDER BY shot.ends_on LIMIT 1
    ) after
    WHERE task.programme_id = %s AND task.indicator <> '' AND claim.standing = 'granted'
        AND before.scaled IS NOT NULL AND after.scaled IS NOT NULL
"""


Compared = tuple[int, float, float]  # granted; the indicator before, and after


@dataclass(frozen=True, slots=True)
class StageRow:
    label: str
    count: int
    share: int | None
    percent: int  # of all who claimed


@dataclass(frozen=True, slots=True)
class CostRow:
    name: str
    note: str
    cost: str


@dataclass(frozen=True, slots=True)
class PoolRow:
    """`parts`: name and percent of the budget. All amounts are words of the pool's own unit."""

    unit: str
    name: str
    url: str
    budget: str
    free: str
    percent: int  # free
    said: str
    parts: Sequence[tuple[str, float]] = ()
    expected: str = MISSING
    dries: str = MISSING
    formula: str = ""

    @property
    def is_short(self) -> bool:
        return self.percent < 10


def funnel_of_season(season: Programme) -> list[StageRow]:
    """Each stage counts who came at least so far."""
    begun = Exists(ClaimStep.objects.filter(claim=OuterRef("pk"), done__gt=0))
    rewarded = Q(rewarded_at__isnull=False)
    passed = rewarded | Q(status__in=PASSED)
    finished = passed | Q(submitted_at__isnull=False) | Q(finished_at__isnull=False)
    rows = Claim.objects.filter(task__programme=season).annotate(has_begun=begun)
    counts = rows.aggregate(
        claimed=Count("pk"),
        begun=Count("pk", filter=finished | Q(has_begun=True)),
        finished=Count("pk", filter=finished),
        passed=Count("pk", filter=passed),
        rewarded=Count("pk", filter=rewarded),
    )
    if not counts["claimed"]:
        return []
    labels = {
        "claimed": _("Claimed"),
        "begun": _("A first record counted"),
        "finished": _("All steps done"),
        "passed": _("Passed"),
        "rewarded": _("Rewarded"),
    }
    stages = funnel_of(list(counts.items())).stages
    return [
        StageRow(
            labels[one.code],
            one.count,
            one.share if one.code != "claimed" else None,
            100 * one.count // counts["claimed"],
        )
        for one in stages
    ]


def ends_of_season(season: Programme) -> dict[str, int]:
    rows = Claim.objects.filter(task__programme=season)
    names = ("failed", "expired", "withdrawn", "revoked")
    return rows.aggregate(**{name: Count("pk", filter=Q(status=name)) for name in names})


def costs_of_season(season: Programme) -> list[CostRow]:
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [season.pk])
        found: dict[tuple[str, str], list[Compared]] = {}
        for code, unit, amount, before, after in cursor.fetchall():
            found.setdefault((code, unit), []).append((amount, before, after))
    names = indicator_names() if found else {}
    return [
        _cost(f"{code} {names.get(code, '')}", unit, compared)
        for (code, unit), compared in sorted(found.items())
    ]


def _cost(name: str, unit: str, compared: Sequence[Compared]) -> CostRow:
    cost = unit_cost([Change(amount, after - before) for amount, before, after in compared])
    n = len(compared)
    said = {
        "n": num(n),
        "granted": amount_in_words(unit, cost.granted),
        "before": f"{sum(one[1] for one in compared) / n:.2f}",
        "after": f"{sum(one[2] for one in compared) / n:.2f}",
    }
    told = ngettext(
        "%(n)s claim compared, %(granted)s: from %(before)s to %(after)s",
        "%(n)s claims compared, %(granted)s: from %(before)s to %(after)s on average",
        n,
    )
    told %= said
    if cost.cost is None or cost.cost_low is None or cost.cost_high is None:
        why = _("not enough to tell")
        if cost.mean is not None:
            why = _("the change may be nothing: %(mean)s") % {"mean": f"{cost.mean:+.2f}"}
        return CostRow(name, f"{told} · {why}", MISSING)
    low, high = amount_in_words(unit, cost.cost_low), amount_in_words(unit, cost.cost_high)
    mean = _("%(mean)s points") % {"mean": f"{cost.mean:+.2f}"}
    between = _("90%% between %(low)s and %(high)s") % {"low": low, "high": high}
    return CostRow(name, f"{told} · {mean} · {between}", amount_in_words(unit, cost.cost))


def pools_of(season: Programme) -> list[PoolRow]:
    return [pool_row(pool) for pool in season.pools.order_by("unit")]


def pool_row(pool: Pool) -> PoolRow:
    said = {
        "reserved": amount_in_words(pool.unit, pool.reserved),
        "granted": amount_in_words(pool.unit, pool.granted),
        "used": amount_in_words(pool.unit, pool.used),
    }
    is_cash = pool.used_points is None
    return PoolRow(
        unit=pool.unit,
        name=pool.get_unit_display(),
        url=reverse("pool_detail", args=[pool.pk]),
        budget=amount_in_words(pool.unit, pool.budget),
        free=amount_in_words(pool.unit, pool.free),
        percent=100 * pool.free // pool.budget if pool.budget else 0,
        said=(
            _("%(reserved)s put aside · %(granted)s granted")
            if is_cash
            else _("%(reserved)s put aside · %(granted)s granted · %(used)s used")
        )
        % said,
    )


def forecasts_of(season: Programme) -> list[PoolRow]:
    """Each pool with what is expected of it."""
    return [_foreseen(pool) for pool in season.pools.select_related("programme").order_by("unit")]


def _foreseen(pool: Pool) -> PoolRow:
    row, seen = pool_row(pool), forecast(paces_of(pool), clock.today())
    whole = pool.budget or 1
    parts = [
        (_("Put aside"), 100 * pool.reserved / whole),
        (pgettext("reward", "Granted"), 100 * pool.granted / whole),
        (pgettext("pool", "Free"), 100 * pool.free / whole),
    ]
    return PoolRow(
        *(row.unit, row.name, row.url, row.budget, row.free, row.percent, row.said),
        parts=[(name, round(share, 1)) for name, share in parts],
        expected=_expected(pool, seen),
        dries=_dries(seen, pool.programme.ends_on),
        formula=_(
            "What is put aside × the share of ended claims that passed; the day at the pace of "
            "the last 30 days."
        ),
    )


def _expected(pool: Pool, seen: Forecast) -> str:
    if seen.expected is None or seen.low is None or seen.high is None:
        return _("not enough ended claims to tell")
    said = {
        "expected": amount_in_words(pool.unit, seen.expected),
        "low": amount_in_words(pool.unit, seen.low),
        "high": amount_in_words(pool.unit, seen.high),
    }
    return _("%(expected)s (90%%: %(low)s – %(high)s)") % said


def _dries(seen: Forecast, ends_on: date) -> str:
    if seen.dries_on is not None and seen.dries_on > ends_on:
        return _("not before the season ends")
    if seen.dries_on is not None:
        return day(seen.dries_on)
    return _("not at this pace") if seen.is_enough else _("not enough ended claims to tell")


def paces_of(pool: Pool) -> Paces:
    claims = Claim.objects.filter(task__pool=pool, ended_at__isnull=False)
    passed = Count("pk", filter=Q(status__in=PASSED))
    ended = claims.aggregate(ended=Count("pk"), passed=passed)
    since = clock.now() - timedelta(days=SPAN_DAYS)
    taken = PoolEntry.objects.filter(pool=pool, kind=EntryKind.RESERVE, at__gte=since)
    return Paces(
        budget=pool.budget,
        reserved=pool.reserved,
        granted=pool.granted,
        passed=ended["passed"],
        ended=ended["ended"],
        taken=taken.aggregate(sum=Sum("amount", default=0))["sum"],
        days=SPAN_DAYS,
    )
