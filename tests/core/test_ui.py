"""How money, dates, numbers, fields and errors are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils import translation

from portal.core import clock
from portal.core.money import Money
from portal.core.templatetags import ui


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("fen", "full", "short"),
    [
        (123_450, "¥1,234.50", "¥1,234.50"),
        (4_500_000, "¥45,000.00", "¥45,000"),
        (-86_540, "−¥865.40", "−¥865.40"),
        (0, "¥0.00", "¥0"),
        (Money(5), "¥0.05", "¥0.05"),
        (None, "—", "—"),
    ],
)
def test_money_is_written_one_way(fen, full, short):
    assert ui.money(fen) == full
    assert ui.money_short(fen) == short


def test_money_refuses_floats():
    with pytest.raises(TypeError):
        ui.money(12.5)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567, 0, "1,234,567"),
        (66.25, 1, "66.2"),
        (Decimal("-2.346"), 2, "−2.35"),
        (-0.001, 1, "0.0"),
        (None, 0, "—"),
    ],
)
def test_num_groups_digits(value, digits, text):
    assert ui.num(value, digits) == text


def test_day_and_moment_stand_in_shanghai():
    late = datetime(2026, 6, 10, 18, 2, tzinfo=UTC)  # already the 11th in Shanghai
    with clock.standing_at(late):
        assert ui.day(late) == "06-11"
        assert ui.moment(late) == "06-11 02:02"
        assert ui.day(date(2026, 6, 11)) == "06-11"
        assert ui.day(date(2025, 12, 30)) == "2025-12-30"
    assert ui.day(None) == ui.moment(None) == "—"


def test_icon_takes_its_drawing_from_the_sprite():
    html = render('{% icon "bell" %}{% icon "lock" "small" %}')
    assert 'class="icon" aria-hidden="true"><use href="/static/vendor/icons.svg#bell"/>' in html
    assert 'class="icon icon-sm"' in html


def test_icon_escapes_its_name():
    assert "<script" not in render("{% icon name %}", name='"><script>')


def test_undo_url_is_read_from_the_tags_of_a_message():
    assert ui.undo_url("undo=/needs/7/reopening/") == "/needs/7/reopening/"
    assert ui.undo_url("sticky") == ui.undo_url("") == ui.undo_url(None) == ""


def test_page_link_keeps_the_filter():
    query = QueryDict("kind=merchant&cursor=old")
    assert ui.page_link(query, "cursor", "a b") == "?kind=merchant&cursor=a+b"
    assert query["cursor"] == "old"
    assert ui.page_link(None, "cursor", "new") == "?cursor=new"


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the licence.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"class": "wide"}))
    city = forms.ChoiceField(label="City", choices=[("sh", "Shanghai")])
    place = forms.ChoiceField(label="Where", widget=forms.RadioSelect, choices=[("a", "Here")])
    agreed = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput)


def show(form: forms.Form, name: str) -> str:
    return render("{% field bound %}", bound=form[name])


def test_field_ties_label_and_help_to_its_input():
    html = show(Form(), "name")
    assert '<label class="form-label" for="id_name">Name</label>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert "is-invalid" not in html


def test_field_ties_its_error_to_its_input():
    html = show(Form({}), "name")
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert "form-control is-invalid" in html


def test_field_marks_what_may_stay_empty():
    assert "(optional)" in show(Form(), "note")
    assert "(optional)" not in show(Form(), "name")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("note", 'class="wide form-control"'),
        ("city", 'class="form-select"'),
        ("agreed", 'class="form-check-input"'),
        ("place", '<legend class="form-label">Where</legend>'),
    ],
)
def test_field_gives_each_widget_its_look(name, expected):
    assert expected in show(Form(), name)


def test_field_of_choices_is_described_by_its_error():
    html = show(Form({}), "place")
    assert '<fieldset class="field" aria-describedby="id_place_error"' in html
    assert html.count('id="id_place"') == 1


def test_hidden_field_is_only_its_input():
    assert show(Form(), "token").strip().startswith("<input")


def test_field_shows_unit_and_prefix():
    html = render('{% field bound unit="%" prefix="≈" %}', bound=Form()["name"])
    assert html.count("input-group-text") == 2


def test_form_errors_link_to_the_fields():
    form = Form({"name": "x", "city": "sh", "place": "a", "agreed": "on"})
    form.add_error(None, "Only <b>owners</b> may.")
    html = render("{% form_errors form %}", form=form)
    assert "Only &lt;b&gt;owners&lt;/b&gt; may." in html
    assert 'href="#id_token"' in html
    assert "1 field needs a change" in html


def test_form_errors_of_a_good_form_are_nothing():
    assert render("{% form_errors form %}", form=Form()).strip() == ""


def test_crumbs_lead_to_the_page_itself():
    html = render('{% crumbs "Needs" "/needs/" name "/needs/7/" "Edit" %}', name="<N-7>")
    assert '<a href="/needs/">Needs</a>' in html
    assert '<a href="/needs/7/">&lt;N-7&gt;</a>' in html
    assert html.count("<a ") == 2
    assert '<span aria-current="page">Edit</span>' in html


def test_crumbs_without_an_address_are_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        render('{% crumbs "Needs" "Edit" %}')


@pytest.mark.parametrize(
    ("days", "tone"), [(-3, "bad"), (0, "bad"), (1, "warn"), (7, "warn"), (8, ""), (60, "")]
)
def test_deadline_is_coloured_by_the_days_left(days, tone):
    assert ui.due_tone(clock.today() + timedelta(days=days)) == tone
    assert ui.due_tone(clock.now() + timedelta(days=days)) == tone
    assert ui.due_tone(None) == ""


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(5, "5 minutes"), (61, "1 hour"), (60 * 24 * 3, "3 days"), (60 * 24 * 111, "3 months")],
)
def test_age_is_said_in_one_unit(minutes, words):
    now = clock.now()
    with clock.standing_at(now):
        assert ui.age(now - timedelta(minutes=minutes)) == words
