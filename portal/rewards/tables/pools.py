"""The story of a pool: each row that moved it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.rewards.models import PoolEntry
from portal.rewards.rules import can_see_pools
from portal.rewards.states import EFFECTS, EntryKind, Unit
from portal.rewards.words import amount_in_words

GIVES = frozenset({EntryKind.RELEASE, EntryKind.EXPIRE, EntryKind.REVOKE})


def _rows(actor: Actor) -> QuerySet[PoolEntry]:
    return PoolEntry.objects.select_related(
        "pool__programme", "claim__task", "claim__party", "change", "by"
    )


def _why(row: PoolEntry) -> str:
    if row.claim is not None:
        return f"{row.claim.party.name} · {row.claim.task.title}"
    return row.change.reason if row.change else ""


def _amount(row: PoolEntry) -> str:
    words = amount_in_words(row.pool.unit, abs(row.amount))
    return f"−{words}" if row.amount < 0 else words


def _moves(row: PoolEntry) -> str:
    names = (_("budget"), _("put aside"), _("granted"), _("used"))
    signs = {1: "+", -1: "−"}
    moved = zip(names, EFFECTS[row.kind], strict=True)
    return " · ".join(f"{name} {signs[way]}" for name, way in moved if way)


POOL_STORY = register_table(
    TableKind(
        name="pool_story",
        title=_("What moved the pool"),
        url="season_list",
        rows=_rows,
        may=can_see_pools,
        order="-at",
        size=50,
        filters=(
            TableFilter(
                "kind",
                _("Kind"),
                lambda: EntryKind.choices,
                lambda rows, value: rows.filter(kind=value),
            ),
            TableFilter(
                "pool",
                _("Pool"),
                lambda: (),
                lambda rows, value: rows.filter(pool=int(value)) if value.isdecimal() else rows,
                is_shown=False,
            ),
            TableFilter(
                "unit",
                _("Unit"),
                lambda: Unit.choices,
                lambda rows, value: rows.filter(pool__unit=value),
                is_shown=False,
            ),
        ),
        columns=(
            TableColumn("at", _("When"), lambda row: row.at, form="moment", sort="at"),
            TableColumn(
                "kind", _("What"), lambda row: row.get_kind_display(), note=lambda row: _moves(row)
            ),
            TableColumn(
                "why",
                _("Claim or change"),
                _why,
                url=lambda row: row.claim.get_absolute_url() if row.claim else "",
            ),
            TableColumn("amount", _("Amount"), _amount),
            TableColumn(
                "by", pgettext_lazy("pool", "By"), lambda row: str(row.by) if row.by else ""
            ),
        ),
    )
)
