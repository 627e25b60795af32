"""Facts that statements make for the evaluation, of providers and agencies, one for each merchant
whose orders they are of: 100 where a statement was agreed without a dispute about that merchant's
lines by its day (silence agrees, too) and paid by the day it should; 0 where its lines were
disputed, a transfer failed, or it came later. Told once it is known: paid, nothing to be paid, or
the day is past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Fact
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind
from portal.settlement.models import Statement
from portal.settlement.selectors import merchants_of
from portal.settlement.states import PAY_WITHIN

MEASURE, REF = "statement_on_time", "settlement.statement"
RATED = (PartyKind.PROVIDER, PartyKind.AGENCY)
BACK = timedelta(days=400)
MOST = 500  # in one sweep; the next takes the others


def record_statement_facts(actor: Actor) -> int:
    """How many there were new."""
    known = Fact.objects.filter(
        party=OuterRef("party"),
        ref_kind=REF,
        ref_id__startswith=Concat(Cast(OuterRef("pk"), CharField()), Value(":")),
    )
    new = _judged(clock.now()).exclude(Exists(known)).order_by("pk")[:MOST]
    facts = [fact for statement in new for fact in _facts(statement)]
    return record_facts(system_actor(actor.via), facts=facts, once=True)


def _judged(now: datetime) -> QuerySet[Statement]:
    """Those of which it is known."""
    sent = Statement.objects.filter(party__kind__in=RATED, lines__gt=0)
    sent = sent.filter(due_at__gte=now - BACK, due_at__lte=now)
    is_late = Q(due_at__lt=now - PAY_WITHIN, released__gt=F("paid_fen"))
    has_nothing = Q(status="closed", released=0)
    return sent.filter(Q(paid_at__isnull=False) | is_late | has_nothing)


def _facts(statement: Statement) -> Iterator[FactFields]:
    assert statement.due_at is not None  # noqa: S101 - it was sent
    last = statement.due_at + PAY_WITHIN
    ended = statement.paid_at or (last if statement.to_pay else statement.due_at)
    is_paid = ended <= last and not statement.to_pay and not statement.failure
    ends_on = min(clock.day_of(ended), clock.today())
    disputed = statement.disputes.exclude(status="withdrawn")
    merchants = set(disputed.values_list("lines__line__merchant", flat=True))
    for merchant in merchants_of(statement):
        yield FactFields(
            party_id=statement.party_id,
            measure=MEASURE,
            value=100.0 if is_paid and merchant not in merchants else 0.0,
            starts_on=min(clock.day_of(statement.due_at), ends_on),
            ends_on=ends_on,
            grade=Grade.CONFIRMED,
            ref_kind=REF,
            ref_id=f"{statement.pk}:{merchant}",
            counterpart_id=merchant,
        )


def _url(actor: Actor, ref_id: str) -> str | None:
    key = ref_id.partition(":")[0]
    statement = Statement.objects.visible_to(actor).filter(pk=key).first()
    return statement.get_absolute_url() if statement else None


register_row_link(REF, _url, _("Statement"))
