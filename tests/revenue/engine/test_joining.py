"""One tree out of bilateral papers and fees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.revenue.engine import (
    AGENCY,
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
        "creator_fee:agency": 1075,
        "creator_fee:creator": 2507,
        "technical_fee_creator_fee:platform": 398,
        "provider_fee:provider": 796,
        "leader_fee:leader": 1194,
        "residual:merchant": 12_935,
    }


def test_without_papers_the_merchant_gets_what_the_fee_leaves():
    assert got(Parts(platform_bp=500), 100) == {"platform_fee:platform": 5, "residual:merchant": 95}
    assert got(Parts(), 100) == {"residual:merchant": 100}


def test_agency_that_is_the_payee_gets_the_commission():
    legs = got(replace(FULL, earner=AGENCY))
    assert legs["agency_fee:agency"] == 3582
    assert not any(name.endswith(":creator") for name in legs)


@pytest.mark.parametrize(
    ("paper", "who"), [(None, "creator"), (share(1, 0), "agency"), (share(0, 1), "creator")]
)
def test_whole_commission_goes_to_one(paper, who):
    assert got(replace(FULL, agency_share=paper))[f"creator_fee:{who}"] == 3582


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
    assert legs["creator_tech:platform"] == 398
    assert not any(name.startswith("technical_fee") for name in legs)


def test_nested_papers_keep_their_shape():
    nested = paper(1000, components=[{"code": "bonus", "fixed_fen": 7, "party": "payer"}])
    legs = got(Parts(commission=nested, technical_bp=1000), 1000)
    assert legs["creator_bonus:merchant"] == 7
    assert legs["creator_fee:creator"] == 100 - 10 - 7


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (replace(FULL, recruiting=paper(4001)), "40%"),
        (replace(FULL, recruiting=paper(4000), commission=paper(5001)), "90%"),
        (Parts(platform_bp=500, commission=paper(9000), provider=paper(501)), "whole order"),
    ],
)
def test_papers_that_take_too_much_are_refused(parts, why):
    with pytest.raises(Unjoinable, match=why):
        join_terms(parts)


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
