"""What changes who can sign in to an account: its person is told, whoever did it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock, outbox, vault
from portal.core.actor import Actor
from portal.notices import sms
from portal.notices.services import notify
from portal.parties import devices
from portal.parties.models import User

# By the names that allauth has for them.
SENTENCES = {
    "password_changed": gettext_noop("Your password was changed (%(device)s, %(place)s)."),
    "password_set": gettext_noop("Your account has a password now (%(device)s, %(place)s)."),
    "password_reset": gettext_noop(
        "Your password was made anew by a link from a mail (%(device)s, %(place)s)."
    ),
    "totp_activated": gettext_noop(
        "An authenticator app is your second factor now (%(device)s, %(place)s)."
    ),
    "totp_deactivated": gettext_noop(
        "The authenticator app is your second factor no more (%(device)s, %(place)s)."
    ),
    "webauthn_added": gettext_noop("A passkey was added to your account (%(device)s, %(place)s)."),
    "webauthn_removed": gettext_noop(
        "A passkey was removed from your account (%(device)s, %(place)s)."
    ),
    "recovery_codes_generated": gettext_noop(
        "New recovery codes were made; the old ones work no more (%(device)s, %(place)s)."
    ),
    "email_changed": gettext_noop("Your account has another mail address (%(device)s, %(place)s)."),
    "email_deleted": gettext_noop(
        "A mail address was taken off your account (%(device)s, %(place)s)."
    ),
}
PHONE = gettext_noop("Your account has another phone number.")


@transaction.atomic
def note_security_change(person: User, *, change: str, agent: str, address: str) -> None:
    """Tell the person of a change that allauth made: where it came from, and where to end it."""
    actor = Actor(user=person, party=None, role="person", via="web")
    audit.record(actor, "secure_account", person, after={"change": change})
    params = {"device": devices.device_of(agent), "place": devices.place_of(address)}
    _tell(person, change, SENTENCES[change], params)


def tell_of_phone(person: User, before: str) -> None:
    """The number that opens the account is another one. The one before is texted, too: whoever
    holds it may be the person, and the new one a stranger's."""
    _tell(person, "phone_changed", PHONE, {})
    if sms.is_open():
        outbox.put(
            "portal.parties.tasks.tell_old_phone",
            key=f"old-phone:{person.pk}:{clock.now().isoformat()}",
            payload={"sealed": vault.seal(before).decode(), "language": person.language},
        )


def _tell(person: User, change: str, sentence: str, params: dict[str, str]) -> None:
    notify(
        [person.pk],
        party_id=None,
        event=f"account.{change}",
        key=f"account.{change}:{clock.now().isoformat()}",
        sentence=sentence,
        params=params,
        url="/accounts/sessions/",
    )
