"""What needs begin from."""

from __future__ import annotations

from django.db import transaction

from matchmaking.needs import rules, selectors
from matchmaking.needs.models import Need, NeedTemplate
from portal.core import audit, clock
from portal.core.actor import Actor


@transaction.atomic
def save_template(actor: Actor, *, need: Need, name: str) -> NeedTemplate:
    """Keep a need, without its days, as what others may begin from."""
    rules.can_save_template(actor, need, name).require()
    template = NeedTemplate.objects.create(
        merchant_id=need.merchant_id,
        name=name.strip(),
        values=selectors.values_of_need(need),
        changed_at=clock.now(),
    )
    audit.record(actor, "save_template", template, after={"need": need.pk})
    return template


@transaction.atomic
def remove_template(actor: Actor, *, template: NeedTemplate) -> None:
    """Forget one of one's own."""
    rules.can_remove_template(actor, template).require()
    audit.record(actor, "remove_template", template, before={"name": template.name})
    template.delete()
