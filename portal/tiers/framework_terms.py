"""What a framework's paper says, from what somebody typed and back: the ladder as the engine reads
it, all else in its clauses, so that the hash both sides accept is of everything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.documents import canonical
from portal.core.money import Money
from portal.revenue.clauses import register_clauses
from portal.revenue.engine import Month
from portal.revenue.fields import TermsFields
from portal.revenue.models import AgreementVersion
from portal.revenue.states import ScopeKind, Side
from portal.tiers.framework_fields import FrameworkFields

REBATE = "rebate"  # the code of its one part


def terms_of(fields: FrameworkFields) -> TermsFields:
    bands = [{"up_to_fen": top, "rate_bp": rate} for top, rate in fields.bands]
    rebate = {
        "code": REBATE,
        "party": str(Side.PAYEE),
        "payer": str(Side.PAYER),
        "of": "net_gmv",
        "ladder": {"mode": fields.mode, "bands": bands},
    }
    clauses = {
        "creators": fields.creators,
        "extras": fields.extras.strip(),
        "meetings": [day.isoformat() for day in sorted(set(fields.meetings))],
        "targets": list(fields.targets),
    }
    return TermsFields(
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        components=[],
        period_components=[rebate],
        note=fields.note.strip(),
        clauses=canonical(clauses),
    )


def fields_of(version: AgreementVersion) -> FrameworkFields:
    said = json.loads(version.clauses)
    ladder = version.data["period_components"][0]["ladder"]
    return FrameworkFields(
        starts_on=version.starts_on,
        targets=said["targets"],
        bands=[(band["up_to_fen"], band["rate_bp"]) for band in ladder["bands"]],
        mode=ladder["mode"],
        creators=said["creators"],
        meetings=[date.fromisoformat(day) for day in said["meetings"]],
        extras=said["extras"],
        note=version.note,
    )


def month_name(month: Month) -> str:
    """Oct 2026, in the reader's language."""
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")


def in_words(fields: FrameworkFields) -> Iterator[tuple[str, str]]:
    """Label and value of what the clauses say, as paper and page print them."""
    yield _("Target of the term"), Money(fields.total).short
    yield _("Targets by month"), targets_in_words(fields)
    if fields.creators:
        yield _("Active creators to reach"), str(fields.creators)
    yield _("Review meetings"), days_in_words(fields.meetings)
    if fields.extras:
        yield _("Beside the rebate"), fields.extras


def targets_in_words(fields: FrameworkFields) -> str:
    pairs = zip(fields.months, fields.targets, strict=True)
    return " · ".join(f"{month} {Money(target).short}" for month, target in pairs)


def days_in_words(days: Sequence[date]) -> str:
    return " · ".join(day.isoformat() for day in sorted(days)) or _("none")


def _read(version: AgreementVersion) -> Sequence[tuple[str, str]]:
    return list(in_words(fields_of(version)))


register_clauses(ScopeKind.YEAR, _read)
