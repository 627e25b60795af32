"""One tree for an order line, out of the papers and fees that hold for it.

A paper is between two sides, `payer` and `payee`; the engine takes one tree with everybody in it.
The order of bases is fixed: gross → the platform's fee → commission → the technical fee on it →
agency and creator → the provider's fee → the recruiting leader's fee; the merchant gets the rest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from math import gcd
from typing import Any

from .agreement import RESIDUAL
from .faults import gettext_noop
from .reading import parse_agreement
from .splitting import split

MERCHANT, PLATFORM, CREATOR, AGENCY = "merchant", "platform", "creator", "agency"
PROVIDER, LEADER = "provider", "leader"
PLATFORM_FEE, TECHNICAL_FEE = "platform_fee", "technical_fee"
ALWAYS = "2016-01-01"  # which day a line was paid on decided before; the tree itself has no days
WHOLE_BP = 10_000
LARGE = 10**12  # fen; enough for every share of shares to come out whole

Node = Mapping[str, Any]
Paper = Mapping[str, Any]  # an agreement's document, between `payer` and `payee`


class Unjoinable(ValueError):
    """These papers cannot be one tree; says why."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The most, in basis points, that held on the day the line was paid; None: no ceiling."""

    commission_bp: int | None = None
    recruiting_bp: int | None = None
    together_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What holds for a line, as documents and rates.

    commission: the merchant's paper with `earner`, who is the creator or its agency. agency_share:
    the creator's paper with its agency, on what the technical fee leaves of the commission. Where
    the merchant's paper takes a fee of the platform's itself, `technical_bp` is not taken again. A
    provider or a leader there is only with its paper.
    """

    platform_bp: int = 0
    technical_bp: int = 0
    commission: Paper | None = None
    earner: str = CREATOR
    agency_share: Paper | None = None
    provider: Paper | None = None
    recruiting: Paper | None = None
    ceilings: Ceilings = Ceilings()


def join_terms(parts: Parts) -> dict[str, Any]:
    """The document of the tree. Codes are the papers' own where nothing else has them. Raises
    Unjoinable."""
    taken = {RESIDUAL, PLATFORM_FEE, TECHNICAL_FEE}
    components = [
        *_platform_fee(parts.platform_bp),
        *_commission(parts, taken),
        *_of_paper(parts.provider, PROVIDER, taken),
        *_of_paper(parts.recruiting, LEADER, taken),
    ]
    _check_shares(parts, components)
    return {
        "version": 1,
        "effective_from": ALWAYS,
        "residual": MERCHANT,
        "components": components,
    }


def text_of(document: Mapping[str, Any]) -> str:
    """As it is kept: the order of keys is part of it, because ties go to who is written first."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _platform_fee(rate_bp: int) -> Iterator[dict[str, Any]]:
    if rate_bp:
        yield {"code": PLATFORM_FEE, "rate_bp": rate_bp, "party": PLATFORM}


def _commission(parts: Parts, taken: set[str]) -> Iterator[dict[str, Any]]:
    """The technical fee is taken of what goes to the earner, and the rest divided."""
    fees = _technical_fees(parts.technical_bp, taken)
    for node in _of_paper(parts.commission, parts.earner, taken):
        yield _shared(node, parts, fees) if node.get("party") == parts.earner else node


def _shared(node: Node, parts: Parts, fees: Iterator[dict[str, Any]]) -> dict[str, Any]:
    said = {key: value for key, value in node.items() if key not in ("party", "components")}
    own = node.get("components", ())
    takes_none = any(one.get("party") == PLATFORM for one in own)
    inner = [*own] if takes_none else [*islice(fees, 1), *own]
    return said | _earners(parts) | ({"components": inner} if inner else {})


def _technical_fees(rate_bp: int, taken: set[str]) -> Iterator[dict[str, Any]]:
    """One for each component of a commission; none where there is no such fee."""
    code = TECHNICAL_FEE
    while rate_bp:
        yield {"code": code, "rate_bp": rate_bp, "party": PLATFORM}
        code = _free(TECHNICAL_FEE, TECHNICAL_FEE, taken)


def _earners(parts: Parts) -> dict[str, Any]:
    """Who gets the net commission: one of them, or both by weight."""
    if parts.earner == AGENCY or parts.agency_share is None:
        return {"party": parts.earner}
    weights = _weights(parts.agency_share)
    if len(weights) == 1:
        return {"party": next(iter(weights))}
    return {"divide": weights}


def _weights(paper: Paper) -> dict[str, int]:
    """What the paper gives each side of every amount, as the smallest whole weights. Raises
    Unjoinable where that depends on the amount: a sum or a cap a line, or somebody else's part."""
    terms = parse_agreement(paper)
    if any(one.fixed_fen is not None or one.cap_fen is not None for one in terms.walk()):
        raise Unjoinable(gettext_noop("the agency's share must be a share, without sums or caps"))
    gets = {"payee": 0, "payer": 0}
    for leg, amount in zip(terms.legs, split(terms, LARGE), strict=True):
        if leg.party not in gets:
            raise Unjoinable(gettext_noop("the agency's share leaves nothing for others"))
        gets[leg.party] += amount
    common = gcd(*gets.values())
    shares = {AGENCY: gets["payee"] // common, CREATOR: gets["payer"] // common}
    return {side: weight for side, weight in shares.items() if weight}


def _of_paper(paper: Paper | None, payee: str, taken: set[str]) -> list[dict[str, Any]]:
    """A paper's components with its sides by their roles."""
    if paper is None:
        return []
    sides = {"payer": MERCHANT, "payee": payee, PLATFORM: PLATFORM}
    return [_renamed(node, sides, payee, taken) for node in paper["components"]]


def _renamed(node: Node, sides: Mapping[str, str], prefix: str, taken: set[str]) -> dict[str, Any]:
    said = dict(node)
    said["code"] = _free(node["code"], prefix, taken)
    if "party" in node:
        said["party"] = sides[node["party"]]
    if "divide" in node:
        said["divide"] = {sides[side]: weight for side, weight in node["divide"].items()}
    if "components" in node:
        said["components"] = [_renamed(one, sides, prefix, taken) for one in node["components"]]
    return said


def _free(code: str, prefix: str, taken: set[str]) -> str:
    """The code, with the prefix as often as it is needed."""
    while code in taken:
        code = f"{prefix}_{code}"
    taken.add(code)
    return code


def share_of_order(components: Sequence[Node]) -> int:
    """What these take of an order as a share, in basis points; fixed sums are none."""
    return sum(node.get("rate_bp") or 0 for node in components)


def _check_shares(parts: Parts, components: Sequence[Node]) -> None:
    commission, recruiting = _share(parts.commission), _share(parts.recruiting)
    most = parts.ceilings
    if _is_above(recruiting, most.recruiting_bp):
        raise Unjoinable(gettext_noop("the recruiting fee is above its ceiling of that day"))
    if _is_above(commission, most.commission_bp):
        raise Unjoinable(gettext_noop("the commission is above its ceiling of that day"))
    if recruiting and _is_above(recruiting + commission, most.together_bp):
        raise Unjoinable(
            gettext_noop("commission and recruiting fee are above their ceiling together")
        )
    if share_of_order(components) > WHOLE_BP:
        raise Unjoinable(gettext_noop("the parts are above the whole order together"))


def _is_above(share: int, most: int | None) -> bool:
    return most is not None and share > most


def _share(paper: Paper | None) -> int:
    return share_of_order(paper["components"]) if paper else 0
