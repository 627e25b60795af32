"""What is written to people who may not be here yet."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core import clock, vault
from portal.notices import sms
from portal.parties.models import Invitation, PhoneCode, RosterEntry


def send_invitation(invitation_id: str, sending: int) -> None:
    """Send the link. One that was answered, withdrawn or sent anew meanwhile is not sent."""
    open_ones = Invitation.objects.open_at(clock.now()).select_related("party", "invited_by")
    invitation = open_ones.filter(pk=invitation_id, sendings=sending).first()
    if invitation is None:
        return
    link = settings.SITE_URL + invitation.get_absolute_url()
    if invitation.phone:
        params = {"party": invitation.party.name, "link": link}
        sms.send(invitation.phone, "invitation", params)
        return
    _mail_invitation(invitation, link)


def send_roster_link(entry_id: int, reminders: int) -> None:
    """Text the link to an invited creator. One that was answered, taken back or reminded anew
    meanwhile is not sent."""
    unanswered = RosterEntry.objects.invited().select_related("agency")
    entry = unanswered.filter(pk=entry_id, reminders=reminders).first()
    if entry is not None:
        link = settings.SITE_URL + entry.get_link_url()
        sms.send(entry.phone, "roster", {"agency": entry.agency.name, "link": link})


def tell_old_phone(sealed: str, language: str) -> None:
    """The number opens its account no more; what to do if that was nobody's wish."""
    with translation.override(language):
        text = _("Your account has another phone number. If that was not you, ask for help.")
    params = {"text": text, "link": settings.SITE_URL + reverse("help_ask")}
    sms.send(vault.unseal(sealed.encode()), "notice", params)


def _mail_invitation(invitation: Invitation, link: str) -> None:
    language = invitation.invited_by.language if invitation.invited_by else settings.LANGUAGE_CODE
    with translation.override(language):
        subject = _("Speak for %(party)s on Trilink") % {"party": invitation.party.name}
        body = render_to_string("emails/invitation.txt", {"invitation": invitation, "link": link})
        send_mail(" ".join(subject.split()), body, None, [invitation.email])


def send_code(code_id: str) -> None:
    """Send a code that still works."""
    now = clock.now()
    code = PhoneCode.objects.filter(pk=code_id, expires_at__gt=now, used_at=None).first()
    if code is not None:
        sms.send(code.phone, "code", {"code": code.digits()})
