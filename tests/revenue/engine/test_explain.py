"""The formula of each amount, in words."""

from __future__ import annotations

from portal.revenue.engine import Fen, Rate, explain, preview

from .orders import agreement, component
from .test_named_cases import COMMISSION, FEE


def words(of, gross: int) -> dict[str, str]:
    return {
        f"{one.leg.component} {one.leg.party}": "; ".join(map(str, one.formula))
        for one in explain(of, gross).legs
    }


def test_formulas_of_an_order_of_199_yuan():
    assert words(agreement(FEE, COMMISSION), 19_900) == {
        "platform platform": "5% of the order's ¥199.00 = ¥9.95",
        "commission agency": (
            "20% of the order's ¥199.00 = ¥39.80; less ¥3.98 for “tech”; leaves ¥35.82; "
            "30 parts of 100 = ¥10.75"
        ),
        "commission creator": (
            "20% of the order's ¥199.00 = ¥39.80; less ¥3.98 for “tech”; leaves ¥35.82; "
            "70 parts of 100 = ¥25.07"
        ),
        "tech platform": "10% of ¥39.80, “commission”, = ¥3.98",
        "residual merchant": (
            "the order's ¥199.00; less ¥9.95 for “platform”; less ¥39.80 for “commission”; "
            "leaves ¥149.25"
        ),
    }


def test_formulas_of_what_is_fixed_capped_or_short():
    of = agreement(
        component("pick", fixed_fen=300),
        component("capped", 5000, cap_fen=100),
        component("late", fixed_fen=5_000),
    )

    found = words(of, 1_000)
    assert found["pick pick"] == "¥3.00 a line, as fixed"
    assert found["capped capped"] == "50% of the order's ¥10.00 = ¥5.00; at most ¥1.00 a line"
    assert found["late late"] == "¥50.00 a line, as fixed; only ¥6.00 is left"


def test_preview_sums_by_party_with_the_residual_last():
    assert preview(agreement(FEE, COMMISSION), 19_900).parties == (
        ("platform", 995 + 398),
        ("agency", 1075),
        ("creator", 2507),
        ("merchant", 14_925),
    )


def test_figures_as_they_are_read():
    assert [str(Rate(one)) for one in (0, 5, 50, 250, 10_000)] == [
        "0%",
        "0.05%",
        "0.5%",
        "2.5%",
        "100%",
    ]
    assert [str(Fen(one)) for one in (0, 5, 123_456)] == ["¥0.00", "¥0.05", "¥1,234.56"]
