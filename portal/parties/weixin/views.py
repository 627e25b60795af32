"""The way to WeChat and back."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.http import HttpRequest

TOKEN_URL = "https://api.weixin.qq.com/sns/oauth2/access_token"  # noqa: S105 - an address


class WeixinAdapter(WeixinOAuth2Adapter):
    access_token_method = "GET"  # noqa: S105 - as WeChat writes it

    @property
    def access_token_url(self) -> str:
        return str(self.get_provider().get_settings().get("ACCESS_TOKEN_URL", TOKEN_URL))

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        """The answer to the code says who it is; no name and no picture is needed."""
        return self.get_provider().sociallogin_from_response(request, kwargs["response"])


oauth2_login = OAuth2LoginView.adapter_view(WeixinAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WeixinAdapter)
