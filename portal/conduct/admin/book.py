"""The rule book, edited by who handles risk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.conduct import rules, services
from portal.conduct.models import Rule
from portal.core.admin import ReferenceAdmin
from portal.parties.states import PartyKind


class RuleForm(forms.ModelForm):
    """The same refusals beside the field as the service gives."""

    party_kinds = forms.MultipleChoiceField(
        label=_("for whom"), choices=PartyKind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Rule
        fields = "__all__"  # noqa: DJ007 - a rule has no field that is not edited here

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            before = Rule.objects.filter(pk=self.instance.pk).first()
            changed = Rule(**{name: data[name] for name in data})
            verdict = rules.can_change_rule(before, changed, self.changed_data)
            if not verdict:
                raise ValidationError(str(verdict.reason))
        return data


@admin.register(Rule)
class RuleAdmin(ReferenceAdmin):
    """A change of weight is a new row with a later first day."""

    form = RuleForm
    list_display = (
        *("code", "title_zh", "title_en", "severity", "points", "lapse_days", "gate"),
        *("starts_on", "ends_on"),
    )
    list_filter = ("severity", "gate")
    search_fields = ("code", "title_zh", "title_en")

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        assert isinstance(obj, Rule)  # noqa: S101 - the admin of this model
        services.save_rule(request.actor, rule=obj, changed=form.changed_data)
