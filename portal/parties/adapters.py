"""allauth calls our services where it would write by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.core.actor import anonymous_actor
from portal.policies.addresses import ip_prefix
from portal.policies.services import give_first_consents


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        """The demo's domain is nobody's: production does not start with anybody of it."""
        # Both ways, as the database compares capitals: ı becomes I, the Kelvin sign becomes k.
        folded = super().clean_email(email).lower().upper()
        if not settings.IS_DEMO and folded.endswith(f"@{settings.DEMO_DOMAIN}".upper()):
            raise ValidationError(_("Nobody can be written to at this address. Use another one."))
        return email

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
