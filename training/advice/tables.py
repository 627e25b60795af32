"""Bookings as lists that sort, filter and export: a party's own, and the operators' of all."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from training.advice import rules, selectors
from training.advice.models import Adviser, Booking
from training.advice.states import AdviceTopic, BookingStatus

TONES = {"booked": "info", "done": "ok", "missed": "bad"}
STATUS = TableFilter(
    "status",
    _("State"),
    lambda: BookingStatus.choices,
    lambda rows, value: rows.filter(status=value),
)
TOPIC = TableFilter(
    "topic",
    _("Topic"),
    lambda: AdviceTopic.choices,
    lambda rows, value: rows.filter(topics__contains=[value]),
)


def _whose(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(slot__adviser=value) if value.isdecimal() else rows.none()


ADVISER = TableFilter(
    "adviser",
    _("Adviser"),
    lambda: [(str(pk), name) for pk, name in Adviser.objects.values_list("pk", "name")],
    _whose,
)
BEGINS = TableColumn(
    "begins",
    _("Hour"),
    lambda row: row.slot.starts_at,
    form="moment",
    sort="slot__starts_at",
)
TOPICS = TableColumn("topics", _("Topics"), lambda row: "、".join(row.topic_names))
STATE = TableColumn(
    "status",
    _("State"),
    lambda row: row.get_status_display(),
    form="tag",
    tone=lambda row: TONES.get(row.status, ""),
)
RATING = TableColumn("rating", _("Stars"), lambda row: row.rating, form="num")


def _subject(row: Booking) -> str:
    words = " ".join(row.question.split())
    return words if len(words) <= 40 else f"{words[:40]}…"


OWN_BOOKINGS = register_table(
    TableKind(
        name="advice_bookings",
        title=_("Our office hours"),
        url="booking_list",
        rows=selectors.bookings_of,
        may=rules.can_list_bookings,
        order="-slot__starts_at",
        filters=(STATUS,),
        columns=(
            TableColumn(
                "adviser",
                _("Adviser"),
                lambda row: row.slot.adviser.name,
                url=lambda row: row.get_absolute_url(),
                note=_subject,
            ),
            TOPICS,
            TableColumn(
                "by", _("Booked by"), lambda row: str(row.booked_by or "—"), is_shown=False
            ),
            BEGINS,
            RATING,
            STATE,
        ),
    )
)


def _all(actor: Actor) -> QuerySet[Any]:
    return Booking.objects.visible_to(actor).whole().annotate(adviser_name=F("slot__adviser__name"))


ALL_BOOKINGS = register_table(
    TableKind(
        name="advice_desk",
        title=_("Bookings of office hours"),
        url="advice_desk",
        rows=_all,
        may=rules.may_run,
        order="-slot__starts_at",
        filters=(STATUS, TOPIC, ADVISER),
        columns=(
            TableColumn(
                "party",
                _("Party"),
                lambda row: row.party.name,
                url=lambda row: row.get_absolute_url(),
                note=_subject,
                sort="party__name",
            ),
            TableColumn(
                "adviser", _("Adviser"), lambda row: row.slot.adviser.name, sort="adviser_name"
            ),
            TOPICS,
            BEGINS,
            TableColumn(
                "booked",
                _("Booked at"),
                lambda row: row.booked_at,
                form="moment",
                sort="booked_at",
                is_shown=False,
            ),
            TableColumn("reason", _("Reason"), lambda row: row.reason, is_shown=False),
            RATING,
            STATE,
        ),
    )
)
