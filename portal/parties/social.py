"""Signing in with a chat app or a firm's own sign-in: only for accounts that bound it before.

Somebody the provider knows and we do not is sent to sign in here first: nothing the provider says
of them, no mail address either, leads to an account of this site.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.parties import services

NAMES = (gettext_noop("WeChat"),)  # of `settings.SOCIALACCOUNT_PROVIDERS`, in every language
BOUND = "socialaccount/email/account_connected"


class ProviderAdapter(DefaultSocialAccountAdapter):
    def get_app(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """A provider without keys is not there."""
        try:
            return super().get_app(request, provider, client_id)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Keep nothing of what the provider tells but who it was; let in only whom we know."""
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
        elif sociallogin.state.get("process") != AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_to_sign_in(request, name_of(sociallogin.provider)))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An account begins with a phone or a mail address, by which its person is reached."""
        return False

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("binding_list")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Instead of allauth's mail: the person's own notice, and the trail."""
        prefix, person = args[:2]
        if prefix == BOUND:
            services.note_binding(person, name=name_of(kwargs["context"]["provider"]))


def name_of(provider: Any) -> str:
    """As the settings name it; a source string where it is one of ours."""
    return str(provider.app.name)


def _to_sign_in(request: HttpRequest, name: str) -> HttpResponse:
    sentence = _("No account here is bound to this %(app)s account. Sign in first, then bind it.")
    messages.warning(request, sentence % {"app": _(name)})
    query = urlencode({"next": reverse("binding_list")})
    return redirect(f"{reverse('account_login')}?{query}")


def app_names(request: HttpRequest) -> dict[str, str]:
    """The apps that can be bound here, by the name their accounts carry."""
    providers = get_adapter().list_providers(request)
    return {provider.sub_id: str(provider.app.name) for provider in providers}
