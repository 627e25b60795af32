"""What operators fill in about a fair, and people when they sign up."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.states import ProductStatus
from matchmaking.fairs import rules
from matchmaking.fairs.fields import CodeFields, FairFields, SignUpFields
from matchmaking.fairs.models import Fair, FairPool
from matchmaking.fairs.states import MEASURES, FairKind, Measure
from portal.core import clock
from portal.core.forms import Form, MomentField, MoneyField, PercentField, show_flaws
from portal.parties.models import Category, City, Party, RosterEntry
from portal.parties.states import PartyKind
from portal.seats.states import Admission

FORM_NAMES = {"city_id": "city", "cost_fen": "cost", "seats": "categories", "thresholds": ""}
ROLES = (PartyKind.MERCHANT, PartyKind.CREATOR, PartyKind.AGENCY, PartyKind.PROVIDER)
HUNDREDTHS = Decimal(100)


class FairForm(Form):
    """`fair`: the one that is changed; a field of seats left empty keeps what each category has."""

    title = forms.CharField(label=_("Title"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=FairKind.choices)
    intro = forms.CharField(
        label=_("What it is about"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    city = forms.ModelChoiceField(City.objects.all(), label=_("City"))
    venue = forms.CharField(label=_("Venue"), max_length=80, required=False)
    is_online = forms.BooleanField(label=_("Online"), required=False)
    opens_at = MomentField(label=_("Sign-up opens"))
    closes_at = MomentField(label=_("Sign-up closes"))
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    admission = forms.ChoiceField(label=_("Admission"), choices=Admission.choices)
    offer_hours = forms.IntegerField(
        label=_("An offer of a freed seat lasts (hours)"),
        initial=24,
        help_text=_("Its clock stands still from 22:00 to 08:00, but not on the last day."),
    )
    tables = forms.IntegerField(label=_("Tables"), initial=40)
    slot_minutes = forms.IntegerField(label=_("A meeting lasts (minutes)"), initial=30)
    most_products = forms.IntegerField(label=_("Products of a merchant, at most"), initial=3)
    creators_per_agency = forms.IntegerField(
        label=_("Creators an agency brings, at most"), initial=5, min_value=0, max_value=200
    )
    cost = MoneyField(label=_("Cost (¥)"), required=False)
    categories = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None),
        label=_("Categories"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, fair: Fair | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fair = fair
        for role in ROLES:
            self.fields[f"seats_{role.value}"] = forms.IntegerField(
                label=role.label, min_value=0, max_value=rules.MOST_SEATS, required=False
            )
            for measure in MEASURES[role]:
                self.fields[f"least_{role.value}_{measure.value}"] = _field_of(role, measure)

    @property
    def seat_fields(self) -> list[Any]:
        return [self[f"seats_{role.value}"] for role in ROLES]

    @property
    def threshold_fields(self) -> list[Any]:
        return [self[f"least_{r.value}_{m.value}"] for r in ROLES for m in MEASURES[r]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_fair(self.fair_fields()), FORM_NAMES)
        return data

    def fair_fields(self) -> FairFields:
        data = self.cleaned_data
        return FairFields(
            title=data["title"],
            kind=FairKind(data["kind"]),
            intro=data["intro"],
            city_id=data["city"].pk,
            venue=data["venue"],
            is_online=data["is_online"],
            opens_at=data["opens_at"],
            closes_at=data["closes_at"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            admission=Admission(data["admission"]),
            offer_hours=data["offer_hours"],
            tables=data["tables"],
            slot_minutes=data["slot_minutes"],
            most_products=data["most_products"],
            creators_per_agency=data["creators_per_agency"],
            cost_fen=data["cost"] or 0,
            seats=self._seats(),
            thresholds=self._thresholds(),
        )

    def _seats(self) -> dict[tuple[str, int], int]:
        known = {}
        if self.fair is not None:
            rows = FairPool.objects.of(self.fair)
            known = {(row.role, row.category_id): row.pool.capacity for row in rows}
        seats = {}
        for role in ROLES:
            given = self.cleaned_data[f"seats_{role.value}"]
            for category in self.cleaned_data["categories"]:
                count = known.get((role.value, category.pk), 0) if given is None else given
                if count:
                    seats[role.value, category.pk] = count
        return seats

    def _thresholds(self) -> dict[tuple[str, str], int]:
        given = {
            (role.value, measure.value): self.cleaned_data[f"least_{role.value}_{measure.value}"]
            for role in ROLES
            for measure in MEASURES[role]
        }
        return {
            key: int(value * HUNDREDTHS) if key[1] == Measure.REPUTATION else int(value)
            for key, value in given.items()
            if value
        }


def _field_of(role: PartyKind, measure: Measure) -> forms.Field:
    label = f"{role.label} · {measure.label}"
    match measure:
        case Measure.REPUTATION:
            return forms.DecimalField(
                label=label, required=False, min_value=0, max_value=5, decimal_places=2
            )
        case Measure.COMMISSION:
            return PercentField(label=f"{label} (%)", required=False)
        case Measure.DEPOSIT:
            return MoneyField(label=f"{label} (¥)", required=False)
        case Measure.CART:
            return forms.BooleanField(label=label, required=False)
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=10**9)


def initial_of_fair(fair: Fair) -> dict[str, Any]:
    pools = list(FairPool.objects.of(fair))
    least = {
        f"least_{row.role}_{row.measure}": Decimal(row.least) / 100
        if row.measure in {Measure.REPUTATION, Measure.COMMISSION, Measure.DEPOSIT}
        else row.least
        for row in fair.thresholds.all()
    }
    own = (
        *("title", "kind", "intro", "city", "venue", "is_online", "starts_at", "ends_at"),
        *("tables", "slot_minutes", "most_products", "creators_per_agency"),
    )
    return {
        **{name: getattr(fair, name) for name in own},
        "opens_at": fair.occasion.opens_at,
        "closes_at": fair.occasion.closes_at,
        "admission": fair.occasion.admission,
        "offer_hours": fair.occasion.offer_minutes // 60,
        "cost": Decimal(fair.cost_fen) / 100,
        "categories": sorted({row.category_id for row in pools if row.pool.capacity}),
        **least,
    }


class SignUpForm(Form):
    """For the acting party; an agency chooses which of its creators, or itself. What may be chosen
    is read before: at the opening second thousands fill this in at once."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    party = forms.TypedChoiceField(label=_("Who comes"), coerce=int)
    pool = forms.TypedChoiceField(label=_("Seats"), coerce=int)
    products = forms.ModelMultipleChoiceField(
        Product.objects.none(),
        label=_("Products you show"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    code = forms.CharField(label=_("Invitation code"), max_length=16, required=False)
    note = forms.CharField(label=_("Note to the organiser"), max_length=300, required=False)

    def __init__(
        self, *args: Any, pools: Sequence[FairPool], parties: Sequence[Party], **kwargs: Any
    ) -> None:
        begun = kwargs.get("initial") or {}
        kwargs["initial"] = begun | {"key": begun.get("key") or uuid.uuid4().hex}
        super().__init__(*args, **kwargs)
        self.parties = {party.pk: party for party in parties}
        kinds = {party.kind for party in parties}
        offered = [row for row in pools if row.role in kinds and row.pool.capacity]
        _of(self, "party").choices = [(party.pk, party.name) for party in parties]
        _of(self, "pool").choices = [(row.pk, str(row)) for row in offered]
        merchants = [party.pk for party in parties if party.kind == PartyKind.MERCHANT]
        _of(self, "products").queryset = Product.objects.filter(
            merchant__in=merchants, status=ProductStatus.LISTED
        ).order_by("name", "pk")
        if len(self.parties) == 1:
            self.fields["party"].widget = forms.HiddenInput()
            self.fields["party"].initial = parties[0].pk
        if not merchants:
            del self.fields["products"]

    @property
    def who(self) -> Party:
        return self.parties[self.cleaned_data["party"]]

    def sign_up_fields(self) -> SignUpFields:
        data = self.cleaned_data
        return SignUpFields(
            pool_id=data["pool"],
            key=data["key"],
            product_ids=[product.pk for product in data.get("products", ())],
            code=data["code"],
            note=data["note"],
        )


def _of(form: forms.Form, name: str) -> Any:
    return form.fields[name]


def parties_to_sign_up(party: Party | None) -> list[Party]:
    """The acting party, and an agency's creators under contract today."""
    if party is None:
        return []
    if party.kind != PartyKind.AGENCY:
        return [party]
    roster = RosterEntry.objects.running().of_agency(party)
    today = roster.filter(period__contains=clock.today(), creator__isnull=False)
    creators = Party.objects.filter(pk__in=today.values("creator"))
    return [party, *creators.order_by("name", "pk")[:200]]


class ReasonForm(Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class QuestionForm(Form):
    reason = forms.CharField(label=_("What is missing"), max_length=300)


class MoveForm(Form):
    starts_at = MomentField(label=_("Begins"))
    venue = forms.CharField(
        label=_("Venue"), max_length=80, required=False, help_text=_("Empty: as before")
    )


class CodeForm(Form):
    most_uses = forms.IntegerField(label=_("Uses, at most"), initial=1)
    ends_at = MomentField(label=_("Valid until"))
    waives = forms.BooleanField(label=_("Past the thresholds"), required=False)
    note = forms.CharField(label=_("For whom"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_code(self.code_fields(), clock.now()), {})
        return data

    def code_fields(self) -> CodeFields:
        data = self.cleaned_data
        return CodeFields(data["most_uses"], data["ends_at"], data["waives"], data["note"])


class OnBehalfForm(Form):
    """An operator signs somebody up who called or wrote."""

    party = forms.IntegerField(label=_("Number of the party"), min_value=1, max_value=2**31)
    pool = forms.ModelChoiceField(FairPool.objects.none(), label=_("Seats"))
    products = forms.CharField(
        label=_("Numbers of its products"),
        max_length=200,
        required=False,
        help_text=_("Of a merchant; with commas between."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _of(self, "pool").queryset = FairPool.objects.of(fair).filter(pool__capacity__gt=0)

    def clean_products(self) -> list[int]:
        texts = str(self.cleaned_data["products"]).replace("，", ",").split(",")
        parts = [text.strip() for text in texts if text.strip()]
        if not all(part.isdecimal() and len(part) < 18 for part in parts):
            raise forms.ValidationError(_("Numbers with commas between."))
        return [int(part) for part in parts]

    def sign_up_fields(self) -> SignUpFields:
        data = self.cleaned_data
        return SignUpFields(
            pool_id=data["pool"].pk,
            key=uuid.uuid4().hex,
            product_ids=data["products"],
            note=data["note"],
        )
