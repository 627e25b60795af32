"""Signing in, and up, by phone and code."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock, outbox
from portal.core.actor import Actor
from portal.core.contacts import normal_phone
from portal.core.http import place_of
from portal.core.verdict import Refused, Verdict, conflict, unmet
from portal.parties import rules
from portal.parties.models import PhoneCode, User
from portal.parties.models.phones import keyed
from portal.parties.rules.phones import DAY, LIFE
from portal.parties.services.security import tell_of_phone
from portal.policies.services import give_first_consents


@transaction.atomic
def send_code(*, phone: str, address: str) -> PhoneCode:
    """Send a code to the phone, whoever owns it. `address` is the visitor's, kept as a hash."""
    number, asked_from = normal_phone(phone), keyed(f"place:{place_of(address)}").hex()[:32]
    _queue_up(f"phone:{number}", f"place:{asked_from}")
    rules.can_send_code(number, asked_from).require()
    now = clock.now()
    # One code lives at a time: the newest.
    PhoneCode.objects.filter(phone=number, expires_at__gt=now, sent_at__lt=now).update(
        expires_at=now
    )
    code = PhoneCode(phone=number, asked_from=asked_from, sent_at=now, expires_at=now + LIFE)
    code.code_hash = code.hash_of(code.digits())
    code.save(force_insert=True)
    outbox.put(
        "portal.parties.tasks.send_code",
        key=f"phone-code:{code.pk}",
        payload={"code_id": str(code.pk)},
    )
    return code


@transaction.atomic
def use_code(*, code_id: uuid.UUID, digits: str) -> Verdict:
    """Whether these are the digits; a code that was right is used up. A verdict, no refusal raised:
    a wrong try must stay counted."""
    code = PhoneCode.objects.select_for_update(no_key=True).filter(pk=code_id).first()
    if code is None:
        return conflict(_("This code is too old. Ask for a new one."))
    if not (usable := rules.is_usable(code)):
        return usable
    code.tries += 1
    verdict = rules.is_right(code, digits)
    code.used_at = clock.now() if verdict else None
    code.save(update_fields=["tries", "used_at"])
    return verdict


@transaction.atomic
def sign_up_by_phone(
    actor: Actor, *, phone: str, name: str, language: str, ip_prefix: str = ""
) -> User:
    """A new person, whose phone was proven; with what everybody agrees to. Two at once are one: the
    second gets the first's."""
    if not name.strip():
        raise Refused(unmet(_("Say what we may call you.")))
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                None, None, phone=phone, name=name.strip(), language=language
            )
    except IntegrityError:
        return User.objects.get(phone=phone)
    give_first_consents(actor, user_ids=[person.pk], ip_prefix=ip_prefix)
    audit.record(actor, "sign_up_by_phone", person)
    return person


@transaction.atomic
def set_phone(actor: Actor, *, phone: str) -> User:
    """A proven phone becomes this person's own."""
    assert actor.user is not None
    person = User.objects.select_for_update(no_key=True).get(pk=actor.user.pk)
    before, person.phone = person.phone, phone
    try:
        with transaction.atomic():
            person.save(update_fields=["phone"])
    except IntegrityError as error:
        sentence = _("This number belongs to another account. Sign in with it instead.")
        raise Refused(conflict(sentence)) from error
    audit.record(actor, "change_phone" if before else "add_phone", person)
    if before:
        tell_of_phone(person, before)
    return person


def prune_codes() -> int:
    """Codes are kept for as long as the limits count them."""
    return PhoneCode.objects.filter(sent_at__lt=clock.now() - 2 * DAY).delete()[0]


def _queue_up(*names: str) -> None:
    """One after the other for each name until the transaction ends: limits are counted in peace."""
    with connection.cursor() as cursor:
        for name in sorted(names):
            number = int.from_bytes(keyed(name)[:8], "big", signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
