"""How somebody is told of something."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.TextChoices):
    """When a mail follows a notice."""

    NOW = "now", _("At once")
    DIGEST = "digest", _("Once a day")
    OFF = "off", _("No mail")


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    SMS = "sms", _("Text message")
    BOT = "bot", _("Chat bot")


class Outcome(models.TextChoices):
    """What became of a message. One without an outcome is still under way."""

    SENT = "sent", _("Sent")
    READ = "read", _("Read on the site before")
    UNREACHABLE = "unreachable", _("No address for it")
    FAILED = "failed", _("Given up")


class BotKind(models.TextChoices):
    WECOM = "wecom", _("WeCom group robot")
    FEISHU = "feishu", _("Feishu custom robot")
    DINGTALK = "dingtalk", _("DingTalk custom robot")


class Weight(models.TextChoices):
    """How loud an announcement is."""

    INFO = "info", _("Good to know")
    WARN = "warn", _("Something changes")
    URGENT = "urgent", _("Read it now")


class Audience(models.TextChoices):
    """Whom an announcement may be for; the kinds of party, and the platform's own people."""

    MERCHANT = "merchant", _("Merchants")
    PROVIDER = "provider", _("Service providers")
    AGENCY = "agency", _("Agencies")
    CREATOR = "creator", _("Creators")
    STAFF = "staff", _("Platform staff")
