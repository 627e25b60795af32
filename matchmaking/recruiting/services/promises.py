"""What is promised to one poster alone: it holds as long as the cooperation, and no longer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Plan, Product
from matchmaking.catalogue.rules import MOST_CHOSEN
from matchmaking.catalogue.services import move_promised_plan, open_promised_plan
from matchmaking.catalogue.states import PlanKind
from matchmaking.cooperation.models import Cooperation
from matchmaking.recruiting.models import Application, Promise
from portal.core import clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import conflict
from portal.parties.models import RosterEntry
from portal.parties.states import PartyKind

TAKEN = conflict(_("It is promised to somebody else alone at that time."))


def keep_promise(actor: Actor, application: Application, cooperation: Cooperation) -> None:
    """The promise becomes a plan, in which the database lets nobody else in. An agency's is for the
    creators that it has then; without any there is nobody to name, and the promise stands alone."""
    _lock(application.product_id)
    with refusing({"promise_to_one_at_a_time": TAKEN}):
        Promise.objects.bulk_create([promise_of(application, cooperation.ends_on, clock.today())])
    creators = _creators_of(application)
    term = DateRange(clock.today() + timedelta(days=1), cooperation.ends_on)
    own = Plan.objects.filter(product=application.product, kind=PlanKind.EXCLUSIVE)
    is_shut = own.filter(creators__creator__in=creators, period__contains=term).exists()
    if creators and not is_shut:
        plan = open_promised_plan(
            actor,
            product=application.product,
            commission_bp=application.commission_bp,
            creator_ids=creators[:MOST_CHOSEN],
            until=cooperation.ends_on,
        )
        Promise.objects.filter(application=application).update(plan=plan)


def promise_of(application: Application, ends_on: date, today: date) -> Promise:
    """The row of an accepted application, which is not yet written."""
    return Promise(
        application=application,
        product_id=application.product_id,
        poster_id=application.post.poster_id,
        period=DateRange(today, ends_on) if today < ends_on else None,
    )


@transaction.atomic
def follow_cooperation(actor: Actor, cooperation: Cooperation) -> None:
    """The cooperation has another end, or has ended: so have the promise and its plan."""
    rows = Promise.objects.filter(application__cooperation=cooperation, period__isnull=False)
    promise = rows.select_related("plan__product").first()
    if promise is None or promise.period is None:
        return
    until = cooperation.ends_on
    if cooperation.ended_at is not None:
        until = min(until, clock.today() + timedelta(days=1))
    if until == promise.period.upper:
        return
    _lock(promise.product_id)
    begun = promise.period.lower < until
    promise.period = DateRange(promise.period.lower, until) if begun else None
    with refusing({"promise_to_one_at_a_time": TAKEN}):
        promise.save(update_fields=["period"])
    if promise.plan is not None:
        move_promised_plan(actor, plan=promise.plan, until=until)


def _lock(product_id: int) -> None:
    """Two who promise it at once come one after the other; else each would wait for the other."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product_id)


def _creators_of(application: Application) -> list[int]:
    poster = application.post.poster
    if poster.kind == PartyKind.CREATOR:
        return [poster.pk]
    members = RosterEntry.objects.of_agency(poster).bound_on(clock.today())
    named = members.filter(creator__isnull=False).order_by("creator_id")
    return list(named.values_list("creator_id", flat=True))
