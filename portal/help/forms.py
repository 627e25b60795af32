"""The shape of a question, of what follows it, and of an operator's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import UploadField
from portal.core.forms import Form, show_flaws
from portal.help import rules
from portal.help.fields import Question
from portal.help.files import PICTURE
from portal.help.models import CannedAnswer
from portal.help.states import Priority, TicketStatus, Topic
from portal.parties.fields import CONTACT_PHONE
from portal.parties.models import User


class TextForm(Form):
    """More words, with a picture if they help."""

    text = forms.CharField(
        label=_("What do you want to say?"),
        max_length=rules.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    picture = UploadField(PICTURE, label=_("Picture of the screen"), required=False)


class QuestionForm(Form):
    topic = forms.ChoiceField(label=_("What is it about?"), choices=Topic.choices)
    text = forms.CharField(
        label=_("Your question"),
        max_length=rules.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you wanted to do, what happened instead. Leave passwords out."),
    )
    picture = UploadField(PICTURE, label=_("Picture of the screen"), required=False)
    for_party = forms.BooleanField(
        label=_("Asked for my party"),
        required=False,
        help_text=_("Its members read the question and the answer, too."),
    )
    name = forms.CharField(label=_("Your name"), max_length=60, required=False)
    email = forms.EmailField(label=_("Mail for the answer"), required=False)
    phone = forms.RegexField(
        CONTACT_PHONE, label=_("Or a phone number"), required=False, max_length=20
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    # People do not see this field; programs that fill in everything give themselves away.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        gone = ["name", "email", "phone"] if actor.is_signed_in else []
        if actor.party is None:
            gone.append("for_party")
        for name in gone:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_question(self.actor, self.question()), {})
        return data

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def question(self) -> Question:
        data = self.cleaned_data
        page = data.get("page", "")
        return Question(
            topic=data["topic"],
            text=data["text"],
            page=page if page.startswith("/") else "",
            for_party=data.get("for_party", False),
            name=data.get("name", ""),
            email=data.get("email", ""),
            phone=data.get("phone", ""),
        )


class RatingForm(Form):
    stars = forms.TypedChoiceField(
        label=_("How good was the answer?"),
        coerce=int,
        choices=[
            (5, _("5 – solved at once")),
            (4, _("4 – good")),
            (3, _("3 – all right")),
            (2, _("2 – hardly any help")),
            (1, _("1 – no help")),
        ],
    )
    note = forms.CharField(label=_("In words"), max_length=300, required=False)


class AnswerForm(Form):
    """An operator's words, and where the question stands after them."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=rules.MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    outcome = forms.ChoiceField(
        label=_("Afterwards"),
        choices=[
            (TicketStatus.ANSWERED, _("Answered")),
            (TicketStatus.WAITING, _("We wait for the person")),
            (TicketStatus.RESOLVED, _("Resolved")),
            ("note", _("Internal note, not sent")),
        ],
    )


class AssignForm(Form):
    assignee = forms.ModelChoiceField(User.objects.none(), label=_("Answered by"))

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.ModelChoiceField(
            User.objects.filter(pk__in=[person.pk for person in people]), label=_("Answered by")
        )
        self.fields["assignee"] = field


class PriorityForm(Form):
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)


class CannedForm(Form):
    """Which ready answer the text begins with."""

    canned = forms.ModelChoiceField(CannedAnswer.objects.all(), label=_("Ready answer"))
