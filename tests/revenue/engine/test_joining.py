"""One tree out of bilateral papers and fees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.revenue.engine import (
    AGENCY,
    Ceilings,
    Parts,
    Unjoinable,
    hash_of,
    join_terms,
    parse_agreement,
    split,
    text_of,
)


def paper(rate_bp=2000, **more):
    return {"components": [{"code": "fee", "rate_bp": rate_bp, "party": "payee", **more}]}


def share(agency, creator):
    node = {"code": "share", "rate_bp": 10_000, "divide": {"payee": agency, "payer": creator}}
    days = {"version": 1, "effective_from": "2026-01-01", "residual": "payer"}
    return days | {"components": [node]}


SHARE = share(30, 70)
CEILINGS = Ceilings(commission_bp=5000, recruiting_bp=4000, together_bp=8000)
FULL = Parts(
    platform_bp=500,
    technical_bp=1000,
    commission=paper(2000),
    agency_share=SHARE,
    provider=paper(400),
    recruiting=paper(600),
)


def got(parts, gross=19_900):
    terms = parse_agreement(join_terms(parts))
    return {
        f"{leg.component}:{leg.party}": amount
        for leg, amount in zip(terms.legs, split(terms, gross), strict=True)
    }


def test_bases_come_in_their_order():
    assert got(FULL) == {
        "platform_fee:platform": 995,
        "fee:agency": 1075,
        "fee:creator": 2507,
        "technical_fee:platform": 398,
        "provider_fee:provider": 796,
        "leader_fee:leader": 1194,
        "residual:merchant": 12_935,
    }


def test_without_papers_the_merchant_gets_what_the_fee_leaves():
    assert got(Parts(platform_bp=500), 100) == {"platform_fee:platform": 5, "residual:merchant": 95}
    assert got(Parts(), 100) == {"residual:merchant": 100}


def test_agency_that_is_the_payee_gets_the_commission():
    legs = got(replace(FULL, earner=AGENCY))
    assert legs["fee:agency"] == 3582
    assert not any(name.endswith(":creator") for name in legs)


@pytest.mark.parametrize(
    ("paper", "who"), [(None, "creator"), (share(1, 0), "agency"), (share(0, 1), "creator")]
)
def test_whole_commission_goes_to_one(paper, who):
    assert got(replace(FULL, agency_share=paper))[f"fee:{who}"] == 3582


def test_rate_of_the_net_commission_is_a_share():
    node = {"code": "share", "rate_bp": 3000, "party": "payee"}
    rate = SHARE | {"components": [node]}
    assert got(replace(FULL, agency_share=rate)) == got(FULL)


@pytest.mark.parametrize("more", [{"fixed_fen": 100}, {"rate_bp": 3000, "cap_fen": 5}])
def test_agency_share_that_is_no_share_is_refused(more):
    node = {"code": "share", "party": "payee"} | more
    with pytest.raises(Unjoinable, match="must be a share"):
        join_terms(replace(FULL, agency_share=SHARE | {"components": [node]}))


def test_technical_fee_of_the_paper_is_not_taken_twice():
    inner = [{"code": "tech", "rate_bp": 1000, "party": "platform"}]
    legs = got(replace(FULL, commission=paper(2000, components=inner)))
    assert legs["tech:platform"] == 398
    assert not any(name.startswith("technical_fee") for name in legs)


def test_nested_papers_keep_their_shape():
    nested = paper(1000, components=[{"code": "bonus", "fixed_fen": 7, "party": "payer"}])
    legs = got(Parts(commission=nested, technical_bp=1000), 1000)
    assert legs["bonus:merchant"] == 7
    assert legs["fee:creator"] == 100 - 10 - 7


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (replace(FULL, ceilings=CEILINGS, recruiting=paper(4001)), "recruiting fee"),
        (replace(FULL, ceilings=CEILINGS, commission=paper(5001)), "commission"),
        (
            replace(FULL, ceilings=CEILINGS, recruiting=paper(3001), commission=paper(5000)),
            "together",
        ),
        (Parts(platform_bp=500, commission=paper(9000), provider=paper(501)), "whole order"),
    ],
)
def test_papers_that_take_too_much_are_refused(parts, why):
    with pytest.raises(Unjoinable, match=why):
        join_terms(parts)


def test_codes_stay_where_nobody_else_has_them():
    own = {"components": [{"code": "platform_fee", "rate_bp": 100, "party": "platform"}]}
    parts = Parts(commission=paper(), provider=own, recruiting=paper(500), technical_bp=1000)
    assert set(got(parts)) == {
        *("fee:creator", "technical_fee:platform", "provider_platform_fee:platform"),
        *("leader_fee:leader", "residual:merchant"),
    }


def test_each_component_of_a_commission_has_its_technical_fee():
    two = [{"code": code, "rate_bp": 1000, "party": "payee"} for code in ("base", "bonus")]
    legs = got(Parts(commission={"components": two}, technical_bp=1000), 1000)
    fees = [amount for name, amount in legs.items() if "technical_fee" in name]
    assert (fees, legs["base:creator"], legs["bonus:creator"]) == ([10, 10], 90, 90)


def test_same_parts_have_one_hash():
    one, two = text_of(join_terms(FULL)), text_of(join_terms(replace(FULL)))
    assert hash_of(one) == hash_of(two)
    assert hash_of(one) != hash_of(text_of(join_terms(replace(FULL, agency_share=None))))


RATES = st.integers(0, 2000)


@given(RATES, RATES, RATES, st.integers(1, 99), RATES, RATES, st.integers(0, 10**15))
def test_parts_sum_to_the_whole(platform, technical, commission, agency, provider, leader, gross):
    parts = Parts(
        platform_bp=platform,
        technical_bp=technical,
        commission=paper(commission),
        agency_share=share(agency, 100 - agency),
        provider=paper(provider),
        recruiting=paper(leader),
    )
    assert sum(got(parts, gross).values()) == gross
