"""Belts and categories: what is loaded, and how an old category finds its present code."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from portal.core import audit
from portal.parties.forms import CitiesField, CityField
from portal.parties.models import Belt, Category, CategoryMapping, City, CityYear
from portal.parties.reference import current_category, load_reference
from portal.parties.staff.rights import REFERENCE_TABLES
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def test_belts_are_loaded_once_with_their_place_and_category():
    yiwu = Belt.objects.select_related("city", "category").get(code="yiwu-small-goods")
    assert (yiwu.name_zh, yiwu.city.code, yiwu.category.code) == ("义乌小商品", "jinhua", "home")
    assert Belt.objects.count() >= 30
    assert load_reference(SYSTEM) == 0


def test_belts_stand_in_the_reference_of_the_api(client):
    found = client.get("/api/v1/reference/").json()
    assert "Putian shoes" in [belt["name_en"] for belt in found["belts"]]
    assert [region["code"] for region in found["regions"]][:2] == ["east", "south"]


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


def test_operator_edits_reference_data_and_leaves_a_trail(operator, reviewer):
    pets, browser = Category.objects.get(code="pets"), operator.browser()
    page = f"/admin/parties/category/{pets.pk}/change/"
    index = browser.get("/admin/").content.decode()
    for table in REFERENCE_TABLES:
        app, model = table.split(".")
        assert f'href="/admin/{app}/{model}/"' in index, table
    fields = {"code": "pets", "name_zh": "宠物", "name_en": "Pets", "position": pets.position}
    assert browser.post(page, fields).status_code == 302
    pets.refresh_from_db()
    assert pets.name_zh == "宠物"
    (entry,) = audit.trail(pets)
    assert (entry.user, entry.verb, entry.after["name_zh"]) == (
        operator.user,
        "save_reference",
        "宠物",
    )
    assert reviewer.browser().post(page, fields | {"name_zh": "x"}).status_code == 403
    pets.refresh_from_db()
    assert pets.name_zh == "宠物"


def test_every_prefecture_is_on_the_list_and_named_once():
    cities = City.objects.all()
    assert len(cities) >= 333, "293 cities, 40 prefectures, leagues and areas, 4 municipalities"
    for names in ("code", "name_zh", "name_en"):
        assert len({getattr(city, names) for city in cities}) == len(cities)
    by_name = {city.name_zh: city.region_id for city in cities}
    assert (by_name["唐山"], by_name["兰州"]) == ("north", "northwest")
    assert CityYear.objects.values("city").distinct().count() == 49, "a tier belongs to these"


@pytest.mark.parametrize("typed", ["唐山", "唐山市", " Tangshan ", "tangshan"])
def test_city_is_found_by_its_name_in_either_language(typed):
    assert CityField().clean(typed).code == "tangshan"


def test_city_that_is_not_on_the_list_is_named():
    with pytest.raises(ValidationError, match="桃花源"):
        CityField().clean("桃花源")
    with pytest.raises(ValidationError, match="桃花源"):
        CitiesField().clean(["唐山", "桃花源"])
    with pytest.raises(ValidationError):
        CityField().clean("9" * 30)


def test_cities_are_chosen_by_boxes_and_by_names():
    field = CitiesField(required=False)
    hangzhou = City.objects.get(code="hangzhou")
    asked = QueryDict(f"cities={hangzhou.pk}&cities=兰州&cities=&cities=+")
    given = field.widget.value_from_datadict(asked, {}, "cities")
    assert {city.code for city in field.clean(given)} == {"hangzhou", "lanzhou"}
    shown = field.widget.render("cities", given, {"id": "id_cities"})
    assert f'value="{hangzhou.pk}" checked' in shown
    assert 'value="兰州"' in shown, "what was typed is kept"
    assert list(field.clean([])) == []
