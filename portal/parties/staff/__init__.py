"""The platform's own people: who is in which group, where and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden
from portal.parties.models import StaffScope, User
from portal.parties.staff.groups import GROUPS


def load_staff_groups() -> int:
    """Make the missing groups and give each its permissions. Returns how many there are."""
    permissions = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([permissions[codename] for codename in wanted])
    return len(GROUPS)


def can_grant_staff(actor: Actor) -> Verdict:
    """Nobody gives themselves rights: only a superuser or the system does."""
    if actor.role == SYSTEM or (actor.user is not None and actor.user.is_superuser):
        return ALLOWED
    return forbidden(_("Only an administrator may change staff rights."))


@transaction.atomic
def grant_staff(
    actor: Actor,
    *,
    person: User,
    groups: Sequence[Group],
    regions: Sequence[str] = (),
    until: datetime | None = None,
) -> User:
    """Put a person in exactly these groups, narrowed to regions and until a moment."""
    can_grant_staff(actor).require()
    before = staff_of(person)
    person.is_staff = bool(groups) or person.is_superuser
    person.save(update_fields=["is_staff"])
    person.groups.set(groups)
    StaffScope.objects.update_or_create(
        user=person, defaults={"regions": list(regions), "until": until}
    )
    audit.record(
        actor,
        "grant_staff",
        person,
        before={"groups": [g.name for g in before["groups"]]},
        after={
            "groups": [g.name for g in groups],
            "regions": list(regions),
            "until": until.isoformat() if until else None,
        },
    )
    return person


def staff_of(person: User) -> dict[str, Any]:
    """The groups, regions and end of a person's staff rights."""
    scope = StaffScope.objects.filter(user=person).first()
    return {
        "groups": list(person.groups.all()),
        "regions": scope.regions if scope else [],
        "until": scope.until if scope else None,
    }
