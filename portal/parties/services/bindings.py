"""Chat apps that open an account: bound by allauth, told of, and unbound here."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.notices.services import notify
from portal.parties.models import User


@transaction.atomic
def note_binding(person: User, *, name: str) -> None:
    """The app opens the account from now on; its person learns of it."""
    actor = Actor(user=person, party=None, role="person", via="web")
    audit.record(actor, "bind_app", person, after={"app": name})
    sentence = gettext_noop("%(t_app)s was bound to your account; you can sign in with it.")
    _tell(person, "account.bound", sentence, name)


@transaction.atomic
def unbind_app(actor: Actor, *, account: SocialAccount, name: str) -> None:
    """The app opens the account no more. A phone or a mail address is left: no account begins
    without."""
    assert actor.user is not None
    mine = SocialAccount.objects.select_for_update(no_key=True).filter(
        pk=account.pk, user=actor.user
    )
    if mine.exists():
        mine.delete()
        audit.record(actor, "unbind_app", actor.user, before={"app": name})
        sentence = gettext_noop("%(t_app)s no longer opens your account.")
        _tell(actor.user, "account.unbound", sentence, name)


def _tell(person: User, event: str, sentence: str, name: str) -> None:
    notify(
        [person.pk],
        party_id=None,
        event=event,
        key=f"{event}:{person.pk}:{clock.now().isoformat()}",
        sentence=sentence,
        params={"t_app": name},
        url="/accounts/3rdparty/",
    )
