"""How each amount of a split came about, step by step, and in words.

The words are sentences of the catalogue with typed places: whoever shows them writes fen as money
and basis points as percent in the reader's language. `str()` of a phrase is plain English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .agreement import RESIDUAL, Agreement, Component, Leg
from .amounts import apportion
from .faults import gettext_noop
from .splitting import amount_of, take_out, wanted_of


class Fen(int):
    """An amount of money."""

    def __str__(self) -> str:
        yuan, fen = divmod(abs(self), 100)
        return f"{'−' if self < 0 else ''}¥{yuan:,}.{fen:02d}"


class Rate(int):
    """Basis points."""

    def __str__(self) -> str:
        whole, part = divmod(self, 100)
        return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Phrase:
    """message: an English sentence with %-places for `params`, a msgid of the catalogue."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % {key: str(value) for key, value in self.params.items()}


@dataclass(frozen=True, slots=True)
class Share:
    """What of a component's own rest goes to one party."""

    leg: Leg
    weight: int
    amount: int


@dataclass(frozen=True, slots=True)
class Step:
    """One component. amount: before its own components are taken out; rest: after.

    parent: the code of what it is a part of, None for the order's gross; base: that one's amount.
    left: of the base, by the siblings before it.
    """

    component: Component
    parent: str | None
    base: int
    left: int
    wanted: int
    amount: int
    rest: int
    shares: tuple[Share, ...]
    steps: tuple[Step, ...]

    @property
    def is_capped(self) -> bool:
        cap = self.component.cap_fen
        return cap is not None and self.wanted > cap and self.amount == cap

    @property
    def is_short(self) -> bool:
        """Whether the siblings before it left less than it should be."""
        return self.amount < self.wanted and not self.is_capped

    def walk(self) -> Iterator[Step]:
        yield self
        for one in self.steps:
            yield from one.walk()


@dataclass(frozen=True, slots=True)
class LegExplained:
    """formula: one phrase after the other."""

    leg: Leg
    amount: int
    formula: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """legs: in the order of the agreement's, the residual last."""

    gross: int
    steps: tuple[Step, ...]
    legs: tuple[LegExplained, ...]


def explain(agreement: Agreement, gross: int) -> Explanation:
    steps = _steps(agreement.components, None, gross)
    legs = [leg for top in steps for step in top.walk() for leg in _legs_of(step)]
    left = gross - sum(step.amount for step in steps)
    legs.append(_residual(agreement, gross, left, steps))
    return Explanation(gross, steps, tuple(legs))


def _steps(components: Sequence[Component], parent: str | None, base: int) -> tuple[Step, ...]:
    steps = []
    left = base
    for one in components:
        step = _step(one, parent, base, left)
        left -= step.amount
        steps.append(step)
    return tuple(steps)


def _step(component: Component, parent: str | None, base: int, left: int) -> Step:
    amount = amount_of(component, base, left)
    rest = take_out(component.components, amount, [])
    parts = apportion(rest, [weight for _, weight in component.shares])
    return Step(
        component=component,
        parent=parent,
        base=base,
        left=left,
        wanted=wanted_of(component, base),
        amount=amount,
        rest=rest,
        shares=tuple(
            Share(Leg(component.code, party), weight, part)
            for (party, weight), part in zip(component.shares, parts, strict=True)
        ),
        steps=_steps(component.components, component.code, amount),
    )


def _legs_of(step: Step) -> Iterator[LegExplained]:
    common = [_part(step), *_limits(step), *_taken_out(step)]
    for share in step.shares:
        words = [*common, *_division(step, share)]
        yield LegExplained(share.leg, share.amount, tuple(words))


def _part(step: Step) -> Phrase:
    one, wanted = step.component, Fen(step.wanted)
    if one.rate_bp is None:
        return Phrase(gettext_noop("%(amount)s a line, as fixed"), {"amount": wanted})
    params = {"rate": Rate(one.rate_bp), "base": Fen(step.base), "amount": wanted}
    if step.parent is None:
        return Phrase(gettext_noop("%(rate)s of the order's %(base)s = %(amount)s"), params)
    message = gettext_noop("%(rate)s of %(base)s, “%(parent)s”, = %(amount)s")
    return Phrase(message, params | {"parent": step.parent})


def _limits(step: Step) -> Iterator[Phrase]:
    if step.is_capped:
        yield Phrase(gettext_noop("at most %(cap)s a line"), {"cap": Fen(step.amount)})
    elif step.is_short:
        yield Phrase(gettext_noop("only %(left)s is left"), {"left": Fen(step.amount)})


def _taken_out(step: Step) -> Iterator[Phrase]:
    for inner in step.steps:
        params = {"amount": Fen(inner.amount), "code": inner.component.code}
        yield Phrase(gettext_noop("less %(amount)s for “%(code)s”"), params)
    if step.steps:
        yield Phrase(gettext_noop("leaves %(rest)s"), {"rest": Fen(step.rest)})


def _division(step: Step, share: Share) -> Iterator[Phrase]:
    if len(step.shares) == 1:
        return
    params = {
        "weight": share.weight,
        "total": sum(one.weight for one in step.shares),
        "amount": Fen(share.amount),
    }
    yield Phrase(gettext_noop("%(weight)s parts of %(total)s = %(amount)s"), params)


def _residual(agreement: Agreement, gross: int, left: int, steps: Sequence[Step]) -> LegExplained:
    words = [Phrase(gettext_noop("the order's %(gross)s"), {"gross": Fen(gross)})]
    for step in steps:
        params = {"amount": Fen(step.amount), "code": step.component.code}
        words.append(Phrase(gettext_noop("less %(amount)s for “%(code)s”"), params))
    words.append(Phrase(gettext_noop("leaves %(rest)s"), {"rest": Fen(left)}))
    return LegExplained(Leg(RESIDUAL, agreement.residual), left, tuple(words))
