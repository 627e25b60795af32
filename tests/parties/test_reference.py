"""Belts and categories: what is loaded, and how an old category finds its present code."""

import pytest
from django.db import IntegrityError, transaction

from portal.parties.models import Belt, CategoryMapping
from portal.parties.reference import current_category, load_reference
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def test_belts_are_loaded_once_with_their_place_and_category():
    yiwu = Belt.objects.select_related("city", "category").get(code="yiwu-small-goods")
    assert (yiwu.name_zh, yiwu.city.code, yiwu.category.code) == ("义乌小商品", "jinhua", "home")
    assert Belt.objects.count() >= 30
    assert load_reference(SYSTEM) == 0


def test_belts_stand_in_the_reference_of_the_api(client):
    belts = client.get("/api/v1/reference/").json()["belts"]
    assert "Putian shoes" in [belt["name_en"] for belt in belts]


def test_category_follows_its_mappings_in_order():
    for version, old, new in (
        ("2027-01", "snacks", "food"),
        ("2026-06", "treats", "snacks"),
        ("2025-01", "food", "groceries"),
    ):
        CategoryMapping.objects.create(version=version, old_code=old, new_code=new)
    assert current_category("treats") == "food"
    assert current_category("treats", since="2026-06") == "treats"
    assert current_category("food", since="2025-06") == "food"
    assert current_category("pets") == "pets"


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "2026-06", "old_code": "a", "new_code": "b"},
        {"version": "2026-07", "old_code": "a", "new_code": "a"},
        {"version": "2026-13", "old_code": "a", "new_code": "b"},
    ],
)
def test_mapping_that_cannot_be_is_refused(wrong):
    CategoryMapping.objects.create(version="2026-06", old_code="a", new_code="c")
    with pytest.raises(IntegrityError), transaction.atomic():
        CategoryMapping.objects.create(**wrong)
