"""Messages to chats, in the form each kind of robot wants, with its signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from portal.core import clock, vault
from portal.core.outgoing import Answer, Blocked, Unreachable, post
from portal.notices.models import ChatBot
from portal.notices.sms import NotSent
from portal.notices.states import BotKind

MOST_LETTERS = 1_000
HEADERS = {"Content-Type": "application/json; charset=utf-8"}
Form = Callable[[str, str, str], tuple[str, dict[str, Any]]]  # url, secret, text → url, body


def say(bot: ChatBot, text: str) -> None:
    """Write into the chat. Raises `NotSent`; the address stands in no message."""
    url = vault.unseal(bot.url_sealed)
    secret = vault.unseal(bot.secret_sealed) if bot.secret_sealed else ""
    url, body = FORMS[bot.kind](url, secret, text[:MOST_LETTERS])
    try:
        answer = post(url, json.dumps(body, ensure_ascii=False).encode(), HEADERS)
    except (Blocked, Unreachable) as error:
        raise NotSent(str(error)) from error
    _check(answer)


def _check(answer: Answer) -> None:
    """Robots answer 200 to everything; whether they took it stands in the body."""
    if not answer.is_success:
        raise NotSent(f"HTTP {answer.status}")
    try:
        said = json.loads(answer.body)
        code = int(said.get("errcode", said.get("code", said.get("StatusCode", -1))))
    except (ValueError, TypeError, AttributeError) as error:
        raise NotSent("an answer that is none of a robot's") from error
    if code:
        raise NotSent(f"robot's error {code}")


def _wecom(url: str, secret: str, text: str) -> tuple[str, dict[str, Any]]:
    """https://developer.work.weixin.qq.com/document/path/91770"""
    return url, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(url: str, secret: str, text: str) -> tuple[str, dict[str, Any]]:
    """https://open.dingtalk.com/document/orgapp/customize-robot-security-settings"""
    body = {"msgtype": "text", "text": {"content": text}}
    if not secret:
        return url, body
    at = str(int(clock.now().timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256)
    sign = quote(base64.b64encode(digest), safe="")
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}timestamp={at}&sign={sign}", body


def _feishu(url: str, secret: str, text: str) -> tuple[str, dict[str, Any]]:
    """https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot"""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        at = str(int(clock.now().timestamp()))
        digest = hmac.digest(f"{at}\n{secret}".encode(), b"", hashlib.sha256)
        body |= {"timestamp": at, "sign": base64.b64encode(digest).decode()}
    return url, body


FORMS: dict[str, Form] = {
    BotKind.WECOM: _wecom,
    BotKind.DINGTALK: _dingtalk,
    BotKind.FEISHU: _feishu,
}
