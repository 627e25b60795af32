"""Many needs at once, for the demo: the rows are those of the single services.

The same states and the same soundness judge each life; what differs is that tables are written a
batch at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import append_first_versions, append_papers
from matchmaking.needs import rules
from matchmaking.needs.fields import NeedFields
from matchmaking.needs.models import Need
from matchmaking.needs.services.chronicle import Chronicle
from matchmaking.needs.services.lives import Acting, NeedLife
from portal.core import audit, bulk
from portal.core.actor import Actor
from portal.notices.services import notify_many
from portal.search.services import keep_entries


@transaction.atomic
def write_needs(actor: Actor, *, lives: Sequence[NeedLife], acting: Acting) -> list[Need]:
    """All of them, or none."""
    rules.can_write_in_bulk(actor).require()
    chronicle = Chronicle(actor, acting, lives)
    for need, life in zip(chronicle.needs, lives, strict=True):
        chronicle.tell(need, life)
    _write(chronicle)
    return chronicle.needs


def _write(chronicle: Chronicle) -> None:
    bulk.insert(chronicle.needs)
    fields = [
        (need.pk, life.fields) for need, life in zip(chronicle.needs, chronicle.lives, strict=True)
    ]
    _link(Need.services.through, "need_id", "servicetype_id", fields, "service_ids")
    _link(Need.categories.through, "need_id", "category_id", fields, "category_ids")
    agreed = [(chronicle.acting(one.merchant), one) for one in chronicle.cooperations]
    append_papers(agreed)
    bulk.insert(chronicle.cooperations)
    bids = [row for rows in chronicle.proposals.values() for row in rows.values()]
    of_need = {
        need.pk: life.fields for need, life in zip(chronicle.needs, chronicle.lives, strict=True)
    }
    hired = [(row.cooperation_id, of_need[row.need_id]) for row in bids if row.cooperation_id]
    terms = Cooperation.services.through, Cooperation.categories.through
    _link(terms[0], "cooperation_id", "servicetype_id", hired, "service_ids")
    _link(terms[1], "cooperation_id", "category_id", hired, "category_ids")
    append_first_versions(agreed)
    bulk.insert(bids)
    bulk.insert(chronicle.offers)
    bulk.insert(chronicle.facts)
    keep_entries("need", chronicle.needs)
    keep_entries("cooperation", chronicle.cooperations)
    audit.record_many(chronicle.entries)
    notify_many(chronicle.notices)


def _link(
    through: Any, own: str, other: str, rows: Sequence[tuple[int, NeedFields]], name: str
) -> None:
    bulk.insert(
        [
            through(**{own: pk, other: key})
            for pk, fields in rows
            for key in dict.fromkeys(getattr(fields, name))
        ]
    )
