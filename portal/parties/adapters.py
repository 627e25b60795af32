"""allauth calls our services where it would write by itself."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.core.actor import anonymous_actor
from portal.parties import locks, rules, services
from portal.parties.middleware import FACTORS, SEEN, SIGN_IN
from portal.parties.models import Membership
from portal.parties.models.phones import keyed
from portal.policies.addresses import ip_prefix
from portal.policies.services import give_first_consents

DEVICE_COOKIE = "device"
DEVICE_CHARACTERS = 32
DEVICE_AGE = 400 * 86400  # as long as browsers keep a cookie


class AccountAdapter(DefaultAccountAdapter):
    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Remember the sign-in, and the device by a cookie that says nothing."""
        response = super().post_login(request, user, **kwargs)
        token = request.COOKIES.get(DEVICE_COOKIE, "")
        token = token if token.isalnum() and len(token) == DEVICE_CHARACTERS else new_device()
        sign_in = services.record_sign_in(
            user,
            session_key=request.session.session_key or "",
            device_token=token,
            agent=request.headers.get("User-Agent", ""),
            address=self.get_client_ip(request),
        )
        request.session[SIGN_IN] = str(sign_in.pk)
        request.session[SEEN] = sign_in.created_at.timestamp()
        response.set_cookie(
            DEVICE_COOKIE,
            token,
            max_age=DEVICE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def set_password(self, user: Any, password: str) -> None:
        """A new password ends the other sessions; Django voids them, and the list says so."""
        super().set_password(user, password)
        session = context.request.session
        is_here = context.request.user == user
        services.forget_sessions(user, keep=session.get(SIGN_IN) if is_here else None)
        session.pop(SEEN, None)  # this session goes on under another key: noted at the end

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted for the address, so that an operator can find the count."""
        return locks.name_of(credentials.get("email", credentials.get("username", "")))

    def clean_email(self, email: str) -> str:
        """The demo's domain is nobody's: production does not start with anybody of it."""
        # Both ways, as the database compares capitals: ı becomes I, the Kelvin sign becomes k.
        folded = super().clean_email(email).lower().upper()
        if not settings.IS_DEMO and folded.endswith(f"@{settings.DEMO_DOMAIN}".upper()):
            raise ValidationError(_("Nobody can be written to at this address. Use another one."))
        return email

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Instead of allauth's mail: the person's own notice, and the trail. The address that is
        the account's no more is written to as well: whoever changed it reads the new one."""
        services.note_security_change(
            user,
            change=template_prefix.rpartition("/")[2],
            agent=self.request.headers.get("User-Agent", ""),
            address=self.get_client_ip(self.request),
        )
        if email:
            with translation.override(user.language):
                self.send_mail(template_prefix, email, context or {})

    def send_account_already_exists_mail(self, email: str) -> None:
        """As slow as a sign-up that makes an account, so that the time does not tell them apart."""
        make_password(get_random_string(12))
        super().send_account_already_exists_mail(email)

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new person keeps the language they signed up in."""
        user.language = translation.get_language() or "zh-hans"
        user.name = form.cleaned_data["name"]
        with transaction.atomic():
            saved = super().save_user(request, user, form, commit)
            first = anonymous_actor("web")
            give_first_consents(first, user_ids=[saved.pk], ip_prefix=ip_prefix(request))
        return saved


def new_device() -> str:
    return get_random_string(DEVICE_CHARACTERS)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets of authenticator apps encrypted, and the last factor of who must have one."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.MFA_REQUIRED or authenticator.type not in FACTORS:
            return True
        person = authenticator.user
        if not rules.needs_second_factor(person, Membership.objects.filter(user=person)):
            return True
        others = Authenticator.objects.filter(user=person, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(keyed("second-factor")))
