"""Fields by which other parts name products of a merchant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product, ProductQuerySet

MOST_SHOWN = 200  # of which one chooses; whoever has more names the others over the API


class _Newest(forms.models.ModelChoiceIterator):
    """A merchant may have thousands; all of them are taken, the newest are shown."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for product in self.queryset.order_by("-pk")[:MOST_SHOWN]:
            yield self.choice(product)


def _label(product: Product) -> str:
    return f"{product.name} · {product.number}"


class ProductField(forms.ModelChoiceField):
    """One of them."""

    iterator = _Newest

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Product"))
        options.setdefault("empty_label", _("Choose one of those on offer"))
        super().__init__(Product.objects.none(), **options)

    def label_from_instance(self, obj: Product) -> str:
        return _label(obj)


class ProductsField(forms.ModelMultipleChoiceField):
    """Some of them, or none."""

    iterator = _Newest
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Only these products"))
        super().__init__(Product.objects.none(), required=False, **options)

    def label_from_instance(self, obj: Product) -> str:
        return _label(obj)


def offer_products(form: forms.Form, name: str, products: ProductQuerySet) -> None:
    """Let the form's field take these."""
    cast("forms.ModelChoiceField[Product]", form.fields[name]).queryset = products
