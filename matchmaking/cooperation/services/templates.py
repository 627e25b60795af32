"""Agreement templates: kept, changed, and put on the table of a cooperation."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.fields import (
    AmendmentFields,
    DutyFields,
    ObligationFields,
    TemplateFields,
)
from matchmaking.cooperation.models import AgreementTemplate, Cooperation, terms_of
from matchmaking.cooperation.services.amendments import propose_amendment
from matchmaking.cooperation.services.changes import lock_cooperation, record
from matchmaking.cooperation.services.obligations import add_obligation
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, flawless
from portal.parties.models import Party


@transaction.atomic
def create_template(actor: Actor, *, fields: TemplateFields) -> AgreementTemplate:
    """One of the acting party's own."""
    rules.can_create_template(actor).require()
    assert actor.party is not None  # the rule above
    Party.objects.select_for_update(no_key=True).get(pk=actor.party.pk)  # they are counted
    rules.can_create_template(actor).require()
    template = AgreementTemplate(party=actor.party, version=0)
    return _write(actor, template, fields, "create_agreement_template")


@transaction.atomic
def update_template(
    actor: Actor, *, template: AgreementTemplate, fields: TemplateFields, version: int | None = None
) -> AgreementTemplate:
    """Change the `version` one has read. Cooperations keep what they were given."""
    seen = template.version if version is None else version
    template = _lock(template)
    rules.can_edit_template(actor, template).require()
    rules.template_is_as_seen(template, seen).require()
    return _write(actor, template, fields, "update_agreement_template")


@transaction.atomic
def remove_template(actor: Actor, *, template: AgreementTemplate) -> None:
    """It is offered no more. What was made of it stays."""
    template = _lock(template)
    rules.can_edit_template(actor, template).require()
    audit.record(actor, "remove_agreement_template", template, before={"name": template.name})
    template.delete()


@transaction.atomic
def save_house_template(
    actor: Actor, *, template: AgreementTemplate | None, fields: TemplateFields, is_shown: bool
) -> AgreementTemplate:
    """One of the house's, for everybody; a new one, or another version of one."""
    rules.can_write_house_template(actor).require()
    row = _lock(template) if template is not None else AgreementTemplate(version=0)
    row.is_shown = is_shown
    return _write(actor, row, fields, "save_house_template")


@transaction.atomic
def apply_template(
    actor: Actor, *, cooperation: Cooperation, template: AgreementTemplate
) -> Cooperation:
    """Put it on the table: one's own obligations stand at once, the other side is asked for its,
    and accepts the terms as a change of what was agreed, or not."""
    cooperation = lock_cooperation(cooperation)
    rules.can_apply_template(actor, cooperation, template).require()
    record(actor, "apply_agreement_template", cooperation, shown=template.name)
    for duty in template.duties:
        fields = _obligation(actor, cooperation, DutyFields(**duty))
        add_obligation(actor, cooperation=cooperation, fields=fields)
    terms = _terms(cooperation, template)
    if terms is not None:
        propose_amendment(actor, cooperation=cooperation, fields=terms)
    return cooperation


def _obligation(actor: Actor, cooperation: Cooperation, duty: DutyFields) -> ObligationFields:
    """Due so many days after the begin; never in the past, nor after the last day."""
    day = min(cooperation.starts_on + timedelta(days=duty.days), cooperation.last_day)
    owing = cooperation.merchant_id if duty.by == "merchant" else cooperation.provider_id
    return ObligationFields(
        title=duty.title,
        due_on=max(day, clock.today()),
        is_ours=actor.speaks_for(owing),
    )


def _terms(cooperation: Cooperation, template: AgreementTemplate) -> AmendmentFields | None:
    """What would be agreed beside the price; nothing where it is so already."""
    scope = cooperation.scope
    if template.scope and template.scope not in scope:
        scope = f"{scope}\n\n{template.scope}".strip()
    fields = AmendmentFields(
        ends_on=cooperation.ends_on,
        scope=scope,
        note=template.name,
        service_level=template.service_level or cooperation.service_level,
        notice_days=template.notice_days,
        payment_day=template.payment_day or cooperation.payment_day,
    )
    is_new = rules.terms_wanted(cooperation, fields) != terms_of(cooperation)
    return fields if is_new else None


def _write(
    actor: Actor, template: AgreementTemplate, fields: TemplateFields, verb: str
) -> AgreementTemplate:
    rules.template_is_sound(fields).require()
    before = _snapshot(template) if template.version else {}
    for name in ("name", "scope", "service_level"):
        setattr(template, name, getattr(fields, name).strip())
    template.notice_days, template.payment_day = fields.notice_days, fields.payment_day
    template.duties = [asdict(duty) for duty in fields.duties]
    template.version, template.changed_at = template.version + 1, clock.now()
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        flawless([Flaw("name", _("There is a template of this name already."))]).require()
    audit.record(actor, verb, template, before=before, after=_snapshot(template))
    return template


def _snapshot(template: AgreementTemplate) -> dict[str, Any]:
    names = ("name", "notice_days", "payment_day", "version", "is_shown")
    return {name: getattr(template, name) for name in names} | {"duties": len(template.duties)}


def _lock(template: AgreementTemplate) -> AgreementTemplate:
    rows = AgreementTemplate.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("party").get(pk=template.pk)
