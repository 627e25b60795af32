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
from math import gcd
from typing import Any

from .faults import gettext_noop
from .reading import parse_agreement
from .splitting import split

MERCHANT, PLATFORM, CREATOR, AGENCY = "merchant", "platform", "creator", "agency"
PROVIDER, LEADER = "provider", "leader"
PLATFORM_FEE, TECHNICAL_FEE = "platform_fee", "technical_fee"
ALWAYS = "2016-01-01"  # which day a line was paid on decided before; the tree itself has no days
WHOLE_BP = 10_000
LARGE = 10**12  # fen; enough for every share of shares to come out whole
MOST_RECRUITING_BP, MOST_WITH_COMMISSION_BP = 4_000, 9_000

Node = Mapping[str, Any]
Paper = Mapping[str, Any]  # an agreement's document, between `payer` and `payee`


class Unjoinable(ValueError):
    """These papers cannot be one tree; says why."""


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


def join_terms(parts: Parts) -> dict[str, Any]:
    """The document of the tree. Raises Unjoinable."""
    components = [
        *_platform_fee(parts.platform_bp),
        *_commission(parts),
        *_of_paper(parts.provider, PROVIDER),
        *_of_paper(parts.recruiting, LEADER),
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


def _commission(parts: Parts) -> Iterator[dict[str, Any]]:
    """The technical fee is taken of what goes to the earner, and the rest divided."""
    for node in _of_paper(parts.commission, parts.earner):
        yield _with_technical_fee(node, parts) if node.get("party") == parts.earner else node


def _with_technical_fee(node: Node, parts: Parts) -> dict[str, Any]:
    taken = {key: value for key, value in node.items() if key not in ("party", "components")}
    own = node.get("components", ())
    is_said = any(one.get("party") == PLATFORM for one in own)
    inner = [*_technical_fee(node["code"], 0 if is_said else parts.technical_bp), *own]
    return taken | _earners(parts) | ({"components": inner} if inner else {})


def _technical_fee(code: str, rate_bp: int) -> Iterator[dict[str, Any]]:
    if rate_bp:
        yield {"code": f"{TECHNICAL_FEE}_{code}", "rate_bp": rate_bp, "party": PLATFORM}


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


def _of_paper(paper: Paper | None, payee: str) -> list[dict[str, Any]]:
    """A paper's components with its sides by their roles, and codes that no other paper has."""
    if paper is None:
        return []
    sides = {"payer": MERCHANT, "payee": payee, PLATFORM: PLATFORM}
    return [_renamed(node, sides, payee) for node in paper["components"]]


def _renamed(node: Node, sides: Mapping[str, str], prefix: str) -> dict[str, Any]:
    said = dict(node)
    said["code"] = f"{prefix}_{node['code']}"
    if "party" in node:
        said["party"] = sides[node["party"]]
    if "divide" in node:
        said["divide"] = {sides[side]: weight for side, weight in node["divide"].items()}
    if "components" in node:
        said["components"] = [_renamed(one, sides, prefix) for one in node["components"]]
    return said


def _check_shares(parts: Parts, components: Sequence[Node]) -> None:
    recruiting = _share(parts.recruiting)
    if recruiting > MOST_RECRUITING_BP:
        raise Unjoinable(gettext_noop("the recruiting fee is above 40%"))
    if recruiting + _share(parts.commission) > MOST_WITH_COMMISSION_BP:
        raise Unjoinable(gettext_noop("commission and recruiting fee are above 90% together"))
    if sum(node.get("rate_bp") or 0 for node in components) > WHOLE_BP:
        raise Unjoinable(gettext_noop("the parts are above the whole order together"))


def _share(paper: Paper | None) -> int:
    return sum(node.get("rate_bp") or 0 for node in paper["components"]) if paper else 0
