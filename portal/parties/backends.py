"""Permissions of staff, cut off when their time-boxed scope ends."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.core import clock


class StaffBackend(AuthenticationBackend):
    """allauth's mail sign-in, and group permissions that lapse with `StaffScope.until`."""

    def _get_group_permissions(self, user_obj: Any) -> Any:
        permissions = super()._get_group_permissions(user_obj)
        scope = getattr(user_obj, "staffscope", None)
        lapsed = scope and scope.until and scope.until <= clock.now()
        return permissions.none() if lapsed else permissions
