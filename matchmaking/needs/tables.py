"""Lists of needs and of packages that sort, filter, remember columns and export."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from matchmaking.needs import rules, states
from matchmaking.needs.models import Need, ServiceOffer
from matchmaking.needs.selectors import service_offers_for
from portal.core.actor import Actor
from portal.core.tables import TableColumn, TableFilter, TableKind, register_table
from portal.core.templatetags.ui import due_tone
from portal.parties.models import ServiceType

TONES = {"open": "info", "matched": "info", "awarded": "ok", "shown": "ok"}
SEPARATOR = " · "
TO_ANSWER: tuple[str, str | Promise] = ("1", _("Proposals to answer"))


def _own_needs(actor: Actor) -> QuerySet[Need]:
    """The acting merchant's, with how many were invited, answered, and wait for its answer."""
    return (
        Need.objects.owned_by(actor)
        .select_related("city")
        .prefetch_related("services", "categories")
        .annotate(
            invited=Count("proposals", Q(proposals__invited_at__isnull=False)),
            received=Count("proposals", Q(proposals__submitted_at__isnull=False)),
            waiting=Count("proposals", Q(proposals__status__in=states.ANSWERABLE)),
        )
    )


def _sought(need: Any) -> str:
    services = SEPARATOR.join(service.name for service in need.services.all())
    return services or str(need.get_seeks_display())


def _place(need: Any) -> str:
    if need.city is None:
        return _now("Anywhere, remote")
    if need.accepts_remote:
        return _now("%(city)s or remote") % {"city": need.city.name}
    return str(need.city.name)


NEEDS = register_table(
    TableKind(
        name="needs",
        title=_("Our needs"),
        url="need_list",
        rows=_own_needs,
        may=rules.can_list_own_needs,
        keeps=("view",),
        filters=(
            TableFilter(
                "status",
                _("State"),
                lambda: states.NeedStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
            TableFilter(
                "seeks",
                _("Looks for"),
                lambda: states.Seeks.choices,
                lambda rows, value: rows.filter(seeks=value),
            ),
            TableFilter(
                "waiting",
                _("Waiting"),
                lambda: [TO_ANSWER],
                lambda rows, value: rows.filter(waiting__gt=0) if value == "1" else rows,
            ),
        ),
        columns=(
            TableColumn(
                "title",
                _("Need"),
                lambda row: row.title,
                url=lambda row: row.get_absolute_url(),
                note=lambda row: row.number,
            ),
            TableColumn("number", _("Number"), lambda row: row.number, is_shown=False),
            TableColumn("seeks", _("Looks for"), _sought),
            TableColumn(
                "categories",
                _("Categories"),
                lambda row: SEPARATOR.join(category.name for category in row.categories.all()),
            ),
            TableColumn("place", _("Place"), _place),
            TableColumn(
                "budget_low",
                _("Budget from"),
                lambda row: row.budget_low_fen,
                form="money",
                is_shown=False,
            ),
            TableColumn(
                "budget",
                _("Budget up to (a month)"),
                lambda row: row.budget_high_fen or None,
                form="money",
                sort="budget_high_fen",
            ),
            TableColumn(
                "invited",
                _("Invited"),
                lambda row: row.invited,
                form="num",
                sort="invited",
                is_shown=False,
            ),
            TableColumn(
                "received", _("Proposals"), lambda row: row.received, form="num", sort="received"
            ),
            TableColumn(
                "waiting", _("To answer"), lambda row: row.waiting, form="num", sort="waiting"
            ),
            TableColumn(
                "closes",
                _("Closes"),
                lambda row: row.closes_on,
                form="day",
                sort="closes_on",
                tone=lambda row: due_tone(row.closes_on) if row.is_taking_proposals else "",
            ),
            TableColumn(
                "created",
                _("Written"),
                lambda row: row.created_at,
                form="moment",
                sort="created_at",
                is_shown=False,
            ),
            TableColumn(
                "status",
                _("State"),
                lambda row: row.get_status_display(),
                form="tag",
                tone=lambda row: TONES.get(row.status, ""),
            ),
        ),
    )
)


# --- packages -------------------------------------------------------------------------------------


def _months(offer: ServiceOffer) -> str:
    return ngettext("%(n)s month", "%(n)s months", offer.term_months) % {"n": offer.term_months}


def _service_choices() -> list[tuple[str, str]]:
    return [(str(service.pk), service.name) for service in ServiceType.objects.all()]


def _of_service(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(services=value) if value.isdecimal() and len(value) < 10 else rows


def _columns(*, is_ours: bool) -> list[TableColumn]:
    by = TableColumn(
        "by",
        _("By"),
        lambda row: row.provider.name,
        note=lambda row: row.provider.city.name,
    )
    status = TableColumn(
        "status",
        _("State"),
        lambda row: row.get_status_display(),
        form="tag",
        tone=lambda row: TONES.get(row.status, ""),
    )
    return [
        TableColumn(
            "title",
            _("Package"),
            lambda row: row.title,
            url=lambda row: row.get_absolute_url(),
            note=lambda row: SEPARATOR.join(service.name for service in row.services.all()),
        ),
        *([] if is_ours else [by]),
        TableColumn(
            "fee",
            _("Fixed fee a month"),
            lambda row: row.monthly_fee_fen,
            form="money",
            sort="monthly_fee_fen",
            note=lambda row: _now("the greater of it and the share") if row.is_guarantee else "",
        ),
        TableColumn(
            "share",
            _("Share"),
            lambda row: f"{row.share_bp / 100:g}%",
            sort="share_bp",
            note=lambda row: _now("climbs with the GMV") if row.ladder else "",
        ),
        TableColumn("length", _("Length"), _months, sort="term_months"),
        TableColumn(
            "hours",
            _("Answers within (working hours)"),
            lambda row: row.answer_hours,
            form="num",
            sort="answer_hours",
        ),
        *([status] if is_ours else []),
    ]


SERVICE = TableFilter("service", _("Service"), _service_choices, _of_service)
SERVICE_OFFERS = register_table(
    TableKind(
        name="service_offers",
        title=_("Packages"),
        url="service_offer_list",
        rows=lambda actor: service_offers_for(actor, is_ours=False),
        may=rules.can_list_service_offers,
        order="-pk",
        filters=(SERVICE,),
        columns=_columns(is_ours=False),
    )
)
OWN_SERVICE_OFFERS = register_table(
    TableKind(
        name="own_service_offers",
        title=_("Our packages"),
        url="service_offer_list",
        rows=lambda actor: service_offers_for(actor, is_ours=True),
        may=rules.can_list_service_offers,
        order="-pk",
        keeps=("view",),
        filters=(
            SERVICE,
            TableFilter(
                "status",
                _("State"),
                lambda: states.ServiceOfferStatus.choices,
                lambda rows, value: rows.filter(status=value),
            ),
        ),
        columns=_columns(is_ours=True),
    )
)
