"""What a person may ask of their own data: a copy of it, and to be forgotten."""

from __future__ import annotations

import io
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock, outbox
from portal.core.actor import Actor
from portal.core.files import delete_file, keep_made_file, register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import Refused, conflict
from portal.notices.services import notify
from portal.parties import holdings, rules
from portal.parties.models import ErasureRequest, Party, User
from portal.parties.states import PartyStatus, Role

BATCH = 50
PERSONAL_EXPORT = register_purpose("parties.personal_export", is_personal=True)


@transaction.atomic
def ask_personal_export(actor: Actor) -> None:
    """Have a file made of everything the site holds of this person; a notice tells when."""
    rules.can_ask_export(actor).require()
    assert actor.user is not None  # the rule
    now = clock.now()
    audit.record(actor, "ask_personal_export", actor.user)
    outbox.put(
        "portal.parties.tasks.make_personal_export",
        key=f"personal-export:{actor.user.pk}:{now.isoformat()}",
        payload={"user_id": actor.user.pk},
    )


@transaction.atomic
def make_personal_export(user_id: int) -> StoredFile | None:
    """The file, for its person only. None when one is there already or the person is gone."""
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or exports_of(person).exists():
        return None
    actor = Actor(user=person, party=None, role="person", via="task")
    content = json.dumps(personal_data(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    file = keep_made_file(
        actor,
        content=io.BytesIO(content.encode()),
        content_type="application/json",
        name=f"trilink-{clock.today():%Y-%m-%d}.json",
        purpose=PERSONAL_EXPORT.name,
    )
    notify(
        [person.pk],
        party_id=None,
        event="personal.export",
        key=f"personal-export:{file.pk}",
        sentence=gettext_noop("The copy of your data is ready; it stays for 24 hours."),
        params={},
        url="/accounts/data/",
    )
    return file


def exports_of(person: User) -> Any:
    mine = StoredFile.objects.alive().filter(uploaded_by=person, purpose=PERSONAL_EXPORT.name)
    return mine.order_by("-created_at")


def personal_data(person: User) -> dict[str, Any]:
    """Everything the site's parts hold of a person, as plain values."""
    return {holding.name: holding.tell(person) for holding in holdings.holdings()}


@transaction.atomic
def ask_erasure(actor: Actor) -> ErasureRequest:
    """Ask to be forgotten, after a week in which the wish can be taken back."""
    rules.can_ask_erasure(actor).require()
    assert actor.user is not None  # the rule
    User.objects.select_for_update().get(pk=actor.user.pk)
    rules.can_ask_erasure(actor).require()
    now = clock.now()
    request = ErasureRequest.objects.create(
        person=actor.user, asked_at=now, due_at=now + rules.UNDO_WITHIN
    )
    audit.record(actor, "ask_erasure", actor.user)
    notify(
        [actor.user.pk],
        party_id=None,
        event="personal.erasure",
        key=f"erasure:{request.pk}",
        sentence=gettext_noop("Your data will be erased on %(day)s, unless you take it back."),
        params={"day": request.due_at.astimezone(clock.SHANGHAI).date().isoformat()},
        url="/accounts/data/",
    )
    return request


@transaction.atomic
def withdraw_erasure(actor: Actor) -> ErasureRequest:
    """Stay after all."""
    request = ErasureRequest.objects.of(actor).open().select_for_update().first()
    if request is None:
        rules.can_withdraw_erasure(actor).require()
        raise Refused(conflict(_("There is nothing to take back.")))
    request.withdrawn_at = clock.now()
    request.save(update_fields=["withdrawn_at"])
    audit.record(actor, "withdraw_erasure", request.person)
    return request


def erase_people(actor: Actor) -> int:
    """Erase whoever asked and let the week pass. Returns how many went."""
    due = ErasureRequest.objects.due(clock.now()).values_list("pk", flat=True)
    return sum(_erase(actor, pk) for pk in due[:BATCH])


@transaction.atomic
def _erase(actor: Actor, pk: int) -> bool:
    request = ErasureRequest.objects.select_for_update().get(pk=pk)
    person = User.objects.select_for_update().get(pk=request.person_id)
    is_open = request.withdrawn_at is None and request.erased_at is None
    if not is_open or not rules.can_be_erased(person):
        return False  # taken back, or they own something again: the operators' queue shows it
    own = Party.objects.filter(
        membership__user=person, membership__role=Role.OWNER, status=PartyStatus.CLOSED
    )
    closed = list(own.select_for_update(of=("self",)))
    for holding in holdings.holdings():
        holding.forget(person, closed)
    request.erased_at = clock.now()
    request.save(update_fields=["erased_at"])
    audit.record(actor, "erase_person", person, after={"parties": [p.pk for p in closed]})
    return True


@transaction.atomic
def forget_kept_names(actor: Actor) -> int:
    """Of people who were erased: what a law wanted kept of them, once its term is over."""
    alone = Party.objects.filter(status=PartyStatus.CLOSED, merged_into=None, membership=None)
    keys = set(alone.exclude(real_name=None).values_list("pk", flat=True))
    gone = Party.objects.filter(pk__in=keys - holdings.kept_by_law(keys)).order_by("pk")[:BATCH]
    for party in gone:
        party.real_name.delete()
        audit.record(actor, "forget_real_name", party)
    return len(gone)


def prune_personal_exports(actor: Actor) -> int:
    """Delete copies that stood for a day. Returns how many went."""
    old = StoredFile.objects.alive().filter(
        purpose=PERSONAL_EXPORT.name, created_at__lt=clock.now() - rules.EXPORT_STAYS
    )
    gone = list(old[:BATCH])
    for file in gone:
        delete_file(actor, file=file, why="24 hours")
    return len(gone)
