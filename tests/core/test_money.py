"""Money is whole fen: read from what people type, written one way, never a float."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from portal.core.forms import MAX_FEN, DateField, MoneyField, PercentField
from portal.core.money import Money, parse_money


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234", 123_400),
        ("1,234.5", 123_450),
        ("¥20", 2_000),
        ("¥ 20.05", 2_005),
        ("0", 0),
        ("-3.10", -310),
        (" 1,000,000 ", 100_000_000),
        ("999999999999999", 99_999_999_999_999_900),
    ],
)
def test_money_typed_is_read_to_the_fen(text, fen):
    assert parse_money(text) == Money(fen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,23",
        "12,34.5",
        "1.234",
        "1e3",
        "NaN",
        "+5",
        "--5",
        "１２３４５６７８９０１２３４５６",
        "5 yuan",
        "1.2.3",
        "\x00",
        "9" * 16,
    ],
)
def test_money_typed_wrongly_is_refused(text):
    with pytest.raises(ValueError, match=r"45,000\.50"):
        parse_money(text)


@pytest.mark.parametrize("fen", [1.0, True, "5", None, Decimal(5)])
def test_money_of_anything_but_whole_fen_is_refused(fen):
    with pytest.raises(TypeError):
        Money(fen)


def test_money_is_added_and_ordered():
    assert Money(150) + Money(50) - Money(300) == Money(-100)
    assert -Money(5) < Money(0) < Money(5)
    assert str(Money(-100)) == "−¥1.00"
    assert Money(100).short == "¥1"
    assert Money(101).short == "¥1.01"


def test_money_cannot_be_changed():
    with pytest.raises(AttributeError):
        Money(5).fen = 6


@given(st.integers(min_value=0, max_value=10**17 - 1))
def test_money_written_is_read_back(fen):
    assert parse_money(str(Money(fen))) == Money(fen)


# --- fields -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "fen"), [("45,000", 4_500_000), ("0", 0), ("0.01", 1)])
def test_money_field_gives_fen(text, fen):
    assert MoneyField().clean(text) == fen


@pytest.mark.parametrize("text", ["-1", "100000000000.01", "abc", "", "1.005", "1\x00"])
def test_money_field_refuses_what_is_no_amount(text):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(text)


def test_money_field_takes_exactly_the_most():
    assert MoneyField().clean("100,000,000,000") == MAX_FEN


def test_money_field_shows_fen_as_yuan():
    assert MoneyField().prepare_value(4_500_050) == "45,000.50"
    assert MoneyField().prepare_value("as typed") == "as typed"


@pytest.mark.parametrize(
    ("text", "points"),
    [("3", 300), ("2.5", 250), ("0.01", 1), ("100%", 10_000), (" 7 % ", 700), ("0", 0)],
)
def test_percent_field_gives_basis_points(text, points):
    assert PercentField().clean(text) == points


@pytest.mark.parametrize("text", ["100.01", "-1", "2.505", "NaN", "Infinity", "1e999999", "x", ""])
def test_percent_field_refuses_what_is_no_percentage(text):
    with pytest.raises(forms.ValidationError):
        PercentField().clean(text)


@given(st.integers(min_value=0, max_value=10_000))
def test_percent_shown_is_read_back(points):
    field = PercentField()
    assert field.clean(field.prepare_value(points)) == points


@pytest.mark.parametrize("text", ["2026-02-30", "01/02/2026", "2026-13-01", "x", "10000-01-01"])
def test_date_field_refuses_what_is_no_day(text):
    with pytest.raises(forms.ValidationError):
        DateField().clean(text)
