"""allauth calls our services where it would write by itself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """A new person keeps the language they signed up in."""
        user.language = translation.get_language() or "zh-hans"
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)
