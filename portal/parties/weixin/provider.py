"""WeChat as allauth knows it, but for two things: nobody's profile is asked for, and who it is goes
by the number that all apps of one operator share, where WeChat gives it."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.weixin.provider import WeixinProvider

from portal.parties.weixin.views import WeixinAdapter


class OwnWeixinProvider(WeixinProvider):
    oauth2_adapter_class = WeixinAdapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data.get("unionid") or data["openid"])

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}


provider_classes = [OwnWeixinProvider]
