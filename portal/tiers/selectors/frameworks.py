"""Frameworks as their pages say them: versions with what they change, months with their target,
what they came to and come to, and the rebate that the ladder gives for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.money import Money
from portal.revenue import engine
from portal.revenue.engine import Month
from portal.revenue.engine.agreement import LadderMode, PeriodComponent
from portal.revenue.engine.periods import steps_of
from portal.revenue.models import AgreementVersion
from portal.revenue.states import VersionStatus
from portal.tiers.engine import Outlook, Planned, look_out
from portal.tiers.framework_fields import FrameworkFields
from portal.tiers.framework_states import LEAST_PACE
from portal.tiers.framework_terms import days_in_words, fields_of
from portal.tiers.models import Framework, StarReview


@dataclass(frozen=True, slots=True)
class Change:
    """Of two versions: `label` said `old`, and says `new`."""

    label: str
    old: str
    new: str
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """`rebate`: what the ladder gives for what was reached; `expected`: for what is projected."""

    month: Month
    target: int
    actual: int
    projected: int
    rebate: int
    expected: int
    orders: int
    struck: int
    state: str  # over, running or ahead

    @property
    def percent(self) -> int | None:
        return self.actual * 100 // self.target if self.target else None


class Course:
    """What a framework's months came to up to a day, by the terms that held for each."""

    def __init__(self, framework: Framework, as_of: date) -> None:
        self.framework, self.as_of = framework, as_of
        self.versions = accepted_versions(framework)

    @cached_property
    def counted(self) -> dict[date, tuple[int, int, int]]:
        rows = self.framework.counted_months.all()
        return {r.month: (r.net_fen, r.orders, r.struck) for r in rows}

    @cached_property
    def targets(self) -> dict[UUID, dict[Month, int]]:
        """By version, which says them in words of its own."""
        return {version.pk: targets_of(version) for version in self.versions}

    @cached_property
    def outlook(self) -> Outlook:
        return look_out([self._planned(month) for month in self.framework.months], self.as_of)

    @cached_property
    def months(self) -> list[ShownMonth]:
        pairs = zip(self.framework.months, self.outlook.months, strict=True)
        return [self._shown(month, one.projected) for month, one in pairs]

    @property
    def rebate(self) -> int:
        """Of months over and the one that runs, as they stand."""
        return sum(one.rebate for one in self.months)

    @property
    def expected_rebate(self) -> int:
        return sum(one.expected for one in self.months)

    @property
    def percent(self) -> int | None:
        """Of the whole target."""
        outlook = self.outlook
        return outlook.actual * 100 // outlook.target if outlook.target else None

    @property
    def is_behind(self) -> bool:
        return self.outlook.is_behind(LEAST_PACE)

    @property
    def running(self) -> ShownMonth | None:
        return next((one for one in self.months if one.state == "running"), None)

    @property
    def to_next_step(self) -> tuple[int, int] | None:
        """In the month that runs: fen to the ladder's next step, and its basis points."""
        if self.running is None:
            return None
        ladder = rebate_of(self.terms_of(self.running.month)).ladder
        if ladder is None:
            return None
        net = self.running.actual
        for band, above in zip(ladder.bands, ladder.bands[1:], strict=False):
            if band.up_to_fen is not None and net < band.up_to_fen:
                return band.up_to_fen - net, above.rate_bp
        return None

    def terms_of(self, month: Month) -> AgreementVersion:
        """The version that holds on its first day; before anything holds, the one agreed first."""
        first = month.first_day
        held = (one for one in self.versions if one.in_force and first in one.in_force)
        return next(held, self.versions[0])

    def _planned(self, month: Month) -> Planned:
        net, _orders, _struck = self._came_to(month)
        return Planned(month.first_day, self._target(month), net)

    def _target(self, month: Month) -> int:
        return self.targets[self.terms_of(month).pk].get(month, 0)

    def _came_to(self, month: Month) -> tuple[int, int, int]:
        return self.counted.get(month.first_day, (0, 0, 0))

    def _shown(self, month: Month, projected: int) -> ShownMonth:
        net, orders, struck = self._came_to(month)
        version = self.terms_of(month)
        is_ahead = month.first_day > self.as_of
        return ShownMonth(
            month=month,
            target=self._target(month),
            actual=net,
            projected=projected,
            rebate=0 if is_ahead else rebate_for(version, month, net),
            expected=rebate_for(version, month, projected),
            orders=orders,
            struck=struck,
            state="ahead" if is_ahead else "running" if month.last_day > self.as_of else "over",
        )


def course_of(framework: Framework) -> Course | None:
    """None before something is signed."""
    if not framework.signed_at or not accepted_versions(framework):
        return None
    return Course(framework, framework.as_of or framework.starts_on - timedelta(days=1))


def accepted_versions(framework: Framework) -> list[AgreementVersion]:
    rows = framework.agreement.versions.all()
    accepted = (row for row in rows if row.status == VersionStatus.ACCEPTED)
    return sorted(accepted, key=lambda row: row.number)


def targets_of(version: AgreementVersion) -> dict[Month, int]:
    fields = fields_of(version)
    return dict(zip(fields.months, fields.targets, strict=True))


def rebate_of(version: AgreementVersion) -> PeriodComponent:
    return version.terms.period_components[0]


def rebate_for(version: AgreementVersion, month: Month, net_fen: int) -> int:
    """What the engine's period component comes to for a month's net GMV."""
    component = rebate_of(version)
    turnover = engine.Turnover(net_fen)
    return engine.period_sum(version.terms, component, month, turnover).amount


def steps_in_words(fields: FrameworkFields) -> list[str]:
    """The ladder, step by step."""
    found, below = [], 0
    for top, rate in fields.bands:
        said = {"rate": engine.Rate(rate), "from": Money(below).short}
        if top is None:
            found.append(_("%(rate)s above %(from)s") % said if below else str(said["rate"]))
        else:
            said["top"] = Money(top).short
            found.append(_("%(rate)s from %(from)s to %(top)s") % said)
            below = top
    return found


def ladder_parts(version: AgreementVersion, net_fen: int) -> Sequence[tuple[str, int, int]]:
    """The steps that count for so much: rate in words, the part rated, what it gives (exact parts
    are rounded once, in the sum)."""
    ladder = rebate_of(version).ladder
    if ladder is None:
        return []
    steps = steps_of(ladder, net_fen)
    return [(str(engine.Rate(b.rate_bp)), part, part * b.rate_bp // 10_000) for b, part in steps]


def mode_in_words(mode: str) -> str:
    if mode == LadderMode.WHOLE_BAND:
        return _("the whole month at the rate of the step reached")
    return _("each step at its own rate")


# --- what a version changes -----------------------------------------------------------------------


def changes_between(old: FrameworkFields, new: FrameworkFields) -> list[Change]:
    """Only what differs, in the order of the form."""
    return [change for change in _pairs(old, new) if change.old != change.new]


def _pairs(old: FrameworkFields, new: FrameworkFields) -> list[Change]:
    def change(label: str, of: str, *, is_long: bool = False) -> Change:
        return Change(label, _said(old, of), _said(new, of), is_long)

    months = sorted({*old.months, *new.months})
    before, after = (dict(zip(one.months, one.targets, strict=True)) for one in (old, new))
    return [
        change(_("First day"), "starts_on"),
        change(_("Last day"), "last_day"),
        change(_("Target of the term"), "total"),
        *(
            Change(_("Target of %(month)s") % {"month": one}, *_fen(before, after, one))
            for one in months
        ),
        change(_("Rebate ladder"), "ladder"),
        change(_("The rate counts for"), "mode"),
        change(_("Active creators to reach"), "creators"),
        change(_("Review meetings"), "meetings"),
        change(_("Beside the rebate"), "extras", is_long=True),
    ]


def _fen(before: dict[Month, int], after: dict[Month, int], month: Month) -> tuple[str, str]:
    found = [Money(one[month]).short if month in one else "—" for one in (before, after)]
    return found[0], found[1]


def _said(fields: FrameworkFields, of: str) -> str:
    match of:
        case "starts_on":
            return fields.starts_on.isoformat()
        case "last_day":
            return (fields.ends_on - timedelta(days=1)).isoformat()
        case "total":
            return Money(fields.total).short
        case "ladder":
            return "; ".join(steps_in_words(fields))
        case "mode":
            return mode_in_words(fields.mode)
        case "creators":
            return str(fields.creators or "—")
        case "meetings":
            return days_in_words(fields.meetings)
    return fields.extras or "—"


@dataclass(frozen=True, slots=True)
class ShownVersion:
    version: AgreementVersion
    fields: FrameworkFields
    changes: list[Change]  # against the version before it; none of the first

    @property
    def is_open(self) -> bool:
        return self.version.status == VersionStatus.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.version.status == VersionStatus.ACCEPTED

    @property
    def steps(self) -> list[str]:
        return steps_in_words(self.fields)

    @property
    def mode(self) -> str:
        return mode_in_words(self.fields.mode)

    @property
    def targets(self) -> list[tuple[Month, int]]:
        return list(zip(self.fields.months, self.fields.targets, strict=True))


def shown_versions(framework: Framework) -> list[ShownVersion]:
    """The newest first."""
    rows = framework.agreement.versions.prefetch_related("acceptances").order_by("number")
    found: list[ShownVersion] = []
    for version in rows:
        version.agreement = framework.agreement
        fields = fields_of(version)
        changes = changes_between(found[-1].fields, fields) if found else []
        found.append(ShownVersion(version, fields, changes))
    return found[::-1]


def waiting_version(framework: Framework) -> AgreementVersion | None:
    version = framework.agreement.versions.open().first()
    if version is not None:
        version.agreement = framework.agreement
    return version


# --- what goes before -----------------------------------------------------------------------------


def renewal_of(framework: Framework) -> FrameworkFields:
    """The next one, filled in: as many months, each with what its month came to or comes to at
    today's pace, in whole ten thousands of yuan; ladder and meetings of what ends."""
    course = course_of(framework)
    last = fields_of(accepted_versions(framework)[-1])
    months = course.months if course else []
    return FrameworkFields(
        starts_on=_next_month(framework.ends_on),
        targets=[_plain(max(one.actual, one.projected) or one.target) for one in months],
        bands=last.bands,
        mode=last.mode,
        creators=last.creators,
        meetings=[_year_on(day, framework) for day in last.meetings],
        extras=last.extras,
    )


def _next_month(day: date) -> date:
    return max(day, Month(clock.today().year, clock.today().month).next().first_day)


def _year_on(day: date, framework: Framework) -> date:
    """As long after the new first day."""
    return _next_month(framework.ends_on) + (day - framework.starts_on)


def _plain(fen: int) -> int:
    return (fen + 500_000) // 1_000_000 * 1_000_000 or fen


def active_creators(framework: Framework) -> int | None:
    """As the stars count them, of the newest quarter."""
    rows = StarReview.objects.filter(party=framework.party_id).newest_first()
    return rows.values_list("creators", flat=True).first()
