"""What a person wants to be told how."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.notices.states import Mail


class NoticeChoice(models.Model):
    """A person's choice for one topic; without a row the topic's own defaults hold. The inbox is
    never turned off."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"))
    topic = models.CharField(_("topic"), max_length=40)
    mail = models.CharField(_("mail"), max_length=6, choices=Mail.choices)
    sms = models.BooleanField(_("text message"), default=False)
    bot = models.BooleanField(_("chat bot"), default=True)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "topic"], name="notice_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic}"
