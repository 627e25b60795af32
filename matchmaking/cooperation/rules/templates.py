"""Who keeps agreement templates, and who puts one on the table."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.fields import DutyFields, TemplateFields
from matchmaking.cooperation.models import (
    LAST_PAYMENT_DAY,
    MOST_NOTICE,
    AgreementTemplate,
    Cooperation,
)
from matchmaking.cooperation.rules.cooperations import can_manage_cooperation
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.moderation.rules import flaws_of_words as flaws_of_listed_words
from portal.parties.rules import can_manage_party

MOST_TEMPLATES, MOST_DUTIES, MOST_DAYS = 30, 8, 365
SIDES = ("merchant", "provider")


def can_list_templates(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_create_template(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if AgreementTemplate.objects.owned_by(actor).count() >= MOST_TEMPLATES:
        return conflict(_("These are as many templates as a party may have."))
    return ALLOWED


def can_edit_template(actor: Actor, template: AgreementTemplate) -> Verdict:
    """A party's own by its managers; the house's by operators who may."""
    if template.party is not None:
        return can_manage_party(actor, template.party)
    if actor.has_perm("cooperation.change_agreementtemplate"):
        return ALLOWED
    return forbidden(_("Only operators may do this."))


def can_write_house_template(actor: Actor) -> Verdict:
    if actor.has_perm("cooperation.change_agreementtemplate"):
        return ALLOWED
    return forbidden(_("Only operators may do this."))


def template_is_as_seen(template: AgreementTemplate, seen: int) -> Verdict:
    if template.version != seen:
        return conflict(_("This changed meanwhile: a colleague saved another version. Reload it."))
    return ALLOWED


def can_apply_template(
    actor: Actor, cooperation: Cooperation, template: AgreementTemplate
) -> Verdict:
    """Either side; what the other has to do or to accept, it is asked."""
    if not (verdict := can_manage_cooperation(actor, cooperation)):
        return verdict
    if cooperation.status not in states.LIVE:
        return conflict(_("This cooperation is over."))
    is_own = template.party_id is not None and actor.speaks_for(template.party_id)
    if not is_own and not (template.party_id is None and template.is_shown):
        return forbidden(_("This template is not yours."))
    if cooperation.amendments.open().exists():
        return conflict(_("One change is waiting for its answer already."))
    return ALLOWED


def template_is_sound(fields: TemplateFields) -> Verdict:
    return flawless(flaws_of_template(fields))


def flaws_of_template(fields: TemplateFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name")
    if not fields.name.strip() or len(fields.name) > 40:
        yield Flaw("name", _("Give it a name of up to 40 characters."))
    for name, most in (("scope", 2_000), ("service_level", 1_000)):
        if len(getattr(fields, name)) > most:
            yield Flaw(name, _("At most %(n)s characters.") % {"n": f"{most:,}"})
    yield from flaws_of_listed_words(fields, "name", "scope", "service_level")
    if not 1 <= fields.notice_days <= MOST_NOTICE:
        yield Flaw("notice_days", _("From 1 to 180 days."))
    if fields.payment_day is not None and not 1 <= fields.payment_day <= LAST_PAYMENT_DAY:
        yield Flaw("payment_day", _("From the 1st to the 28th."))
    if len(fields.duties) > MOST_DUTIES:
        yield Flaw("duties", _("At most %(n)s obligations.") % {"n": MOST_DUTIES})
    for duty in fields.duties:
        yield from _flaws_of_duty(duty)


def _flaws_of_duty(duty: DutyFields) -> Iterator[Flaw]:
    is_one_line = len(duty.title.splitlines()) == 1
    if not is_one_line or not duty.title.strip() or len(duty.title) > 80:
        yield Flaw("duties", _("Say in up to 80 characters what is to be done."))
    if duty.by not in SIDES:
        yield Flaw("duties", _("Either the merchant or the provider does it."))
    if not 0 <= duty.days <= MOST_DAYS:
        yield Flaw("duties", _("Within a year after the begin."))
    value = SimpleNamespace(duties=duty.title)
    yield from flaws_of_listed_words(value, "duties")
