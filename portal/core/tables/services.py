from __future__ import annotations

from collections.abc import Sequence

from portal.core.actor import Actor
from portal.core.models import TableChoice
from portal.core.tables.kinds import TableKind


def choose_columns(actor: Actor, *, kind: TableKind, columns: Sequence[str]) -> None:
    """Remember which columns this person wants to see; none of them: as it comes."""
    kind.may(actor).require()
    known = [column.name for column in kind.columns if column.name in columns]
    if known:
        TableChoice.objects.update_or_create(
            user=actor.user, table=kind.name, defaults={"columns": known}
        )
    else:
        TableChoice.objects.filter(user=actor.user, table=kind.name).delete()
