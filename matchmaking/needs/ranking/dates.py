"""Who is free when: a condition of the order, and words beside a candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from matchmaking.cooperation.services import months_later
from matchmaking.needs.fields import NeedFields
from matchmaking.needs.models import FreeTime, Need


def time_asked(need: Need | NeedFields) -> tuple[date, date]:
    """From the first day to the one after the last."""
    return need.starts_on, months_later(need.starts_on, need.term_months)


def away_then(need: Need | NeedFields, of: Sequence[int] | None = None) -> frozenset[int]:
    """Who said when it is free, and names no day of the time asked for. `of`: of these alone."""
    rows = FreeTime.objects.ahead()
    if of is not None:
        rows = rows.filter(party__in=of)
    fits = Count("pk", filter=Q(period__overlap=time_asked(need)))
    found = rows.order_by().values("party").annotate(fits=fits).filter(fits=0)
    return frozenset(found.values_list("party", flat=True))


def free_words(ids: Sequence[int]) -> dict[int, str]:
    """By party that said so, in words."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    for row in FreeTime.objects.ahead().filter(party__in=ids).order_by("period"):
        said[row.party_id].append(str(row))
    return {pk: _("Free %(days)s") % {"days": "、".join(spans)} for pk, spans in said.items()}
