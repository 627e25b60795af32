"""Where the turnover of a statement, or of a whole month's end, went: for the picture of it."""

from __future__ import annotations

from django.db.models import Sum
from django.utils.translation import gettext as _

from portal.parties.states import PartyKind
from portal.revenue.engine import RESIDUAL
from portal.revenue.selectors.previews import title_of
from portal.revenue.selectors.shares import Share, Shares
from portal.settlement.models import Run, Statement, StatementRow
from portal.settlement.states import Source


def shares_of_statement(statement: Statement) -> Shares | None:
    """What its orders turned over, less what came back, and its party's parts of that. An order
    counts once, however many parts of it are the party's."""
    rows = statement.rows.filter(source=Source.ORDERS)
    by_part: dict[str, int] = {}
    turnover: dict[object, int] = {}
    for part, tree, gross, earned, refunded in rows.values_list(
        "part", "terms", "turnover", "earned", "refunded"
    ):
        by_part[part] = by_part.get(part, 0) + earned + refunded
        turnover[tree] = max(turnover.get(tree, 0), gross)
    party = statement.party
    parts = [Share(title_of(part), party.name, party.kind, fen) for part, fen in by_part.items()]
    return _drawable(sum(turnover.values()), parts, _("all others"))


def shares_of_run(run: Run) -> Shares | None:
    """Of a month's end: every merchant's turnover, and what it gave to each side. What is left is
    the platform's. Nothing where some of the month was settled in between."""
    if not run.is_monthly or not run.statements.exists():
        return None
    rows = StatementRow.objects.filter(statement__run=run, source=Source.ORDERS).order_by()
    sums = rows.values_list("statement__party__kind").annotate(
        earned=Sum("earned"), refunded=Sum("refunded")
    )
    parts = [
        Share(str(PartyKind(kind).label), "", kind, earned + refunded)
        for kind, earned, refunded in sorted(sums)
    ]
    # What remains is a merchant's of every order line: so each counts once.
    gross = rows.filter(part=RESIDUAL).aggregate(sum=Sum("turnover"))["sum"] or 0
    return _drawable(gross, parts, _("the platform's fees"))


def _drawable(gross: int, parts: list[Share], rest: str) -> Shares | None:
    shown = [one for one in parts if one.amount]
    found = Shares(_("the orders"), gross, shown, rest)
    return found if found.parts and found.can_be_drawn else None
