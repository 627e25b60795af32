"""Telling finance that a day is short."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop

from portal.core import clock
from portal.notices.services import notify
from portal.parties.models import User
from portal.reconciliation.models import Day
from portal.reconciliation.states import Book

# What arrives by then is no news: feeds send a day's last events on the next one, and a bank books
# what it was told before a long weekend.
PATIENCE = {Book.ORDERS: timedelta(days=1), Book.BANK: timedelta(days=3)}


def tell_short_day(row: Day) -> bool:
    """Once a day that stays under 100 %; whether it was told now."""
    if row.told_at is not None or row.completeness_bp is None or row.is_whole:
        return False
    if clock.today() - row.day < PATIENCE[Book(row.book)]:
        return False
    row.told_at = clock.now()
    row.save(update_fields=["told_at"])
    notify(
        finance_people(),
        party_id=None,
        event="reconciliation.short",
        key=f"reconciliation-short:{row.pk}",
        sentence=gettext_noop("%(name)s, %(day)s: %(share)s %% of what should be there is right."),
        params={
            "name": row.name,
            "day": row.day.isoformat(),
            "share": f"{row.completeness_bp / 100:g}",
        },
        url=row.get_absolute_url(),
    )
    return True


def finance_people() -> list[int]:
    """Who resolves differences."""
    people = User.objects.filter(
        is_active=True,
        is_staff=True,
        groups__permissions__codename="resolve_difference",
        groups__permissions__content_type__app_label="reconciliation",
    )
    return list(people.distinct().values_list("pk", flat=True))
