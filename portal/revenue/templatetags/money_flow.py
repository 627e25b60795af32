"""Where the money of an order, or of many, goes, as plain SVG: from the order through what is taken
out of it to the parties. Colours come from `static/css/drawings.css`; every number stands in the
picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.core.money import Money
from portal.core.templatetags.svg import one_digit
from portal.revenue.engine import Leg, Step
from portal.revenue.selectors import ShownLeg, ShownPreview
from portal.revenue.selectors.shares import Shares

register = template.Library()

HEIGHT = 180  # of the whole order
SLOT, GAP, LEAST = 54, 6, 1.5  # room for three lines of text; between leaves; of what is not 0
BAR, LEFT, COLUMN, RIGHT = 8, 84, 120, 168
LINE = 16  # of text


@dataclass(slots=True)
class Node:
    title: str
    amount: int
    kind: str = "between"
    part: str = ""  # of whose, where it ends
    children: list[Node] = field(default_factory=list)
    top: float = 0.0
    depth: int = 0

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@register.simple_tag
def money_flow(shown: ShownPreview) -> SafeString:
    """Who may read some shares only sees these, and all others as one."""
    return _drawn(_tree(shown) if shown.steps else _own_tree(shown), _spoken(shown))


@register.simple_tag
def shares_flow(flow: Shares) -> SafeString:
    """Of many orders: what they turned over, and who got how much of it."""
    leaves = [
        Node(one.party or one.title, one.amount, one.kind, one.title if one.party else "")
        for one in flow.parts
    ]
    root = Node(flow.title, flow.gross, children=_with_rest(flow.gross, leaves, flow.rest))
    parts = ", ".join(f"{one.title} {one.part} {Money(one.amount)}" for one in root.children)
    return _drawn(root, f"{flow.title} {Money(flow.gross)}: {parts}")


def _drawn(root: Node, spoken: str) -> SafeString:
    scale = HEIGHT / max(root.amount, 1)
    bottom = _place(root, 0, 0.0, scale)
    nodes = list(root.walk())
    width = LEFT + max(node.depth for node in nodes) * COLUMN + BAR + RIGHT
    return format_html(
        '<svg class="flow" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        width,
        one_digit(bottom),
        spoken,
        format_html_join("", '<path class="{}" d="{}"/>', _ribbons(nodes, scale)),
        format_html_join("", "{}", ((_bar(node, scale),) for node in nodes)),
    )


def _tree(shown: ShownPreview) -> Node:
    """The residual first, then the components as written."""
    legs = {one.leg: one for one in shown.legs}
    root = Node(_("the order"), shown.gross)
    last = shown.legs[-1]
    root.children = [
        _leaf(last.amount, last),
        *(_node(step, legs) for step in shown.steps),
    ]
    return root


def _own_tree(shown: ShownPreview) -> Node:
    leaves = [_leaf(leg.amount, leg) for leg in shown.legs]
    return Node(
        _("the order"), shown.gross, children=_with_rest(shown.gross, leaves, _("all others"))
    )


def _with_rest(gross: int, leaves: list[Node], name: str) -> list[Node]:
    rest = gross - sum(leaf.amount for leaf in leaves)
    return [*leaves, Node(name, rest)] if rest > 0 else leaves


def _node(step: Step, legs: dict[Leg, ShownLeg]) -> Node:
    shares = [_leaf(share.amount, legs[share.leg]) for share in step.shares]
    if len(shares) == 1 and not step.steps:
        return shares[0]
    inner = [_node(one, legs) for one in step.steps]
    return Node(step.component.code, step.amount, children=[*inner, *shares])


def _leaf(amount: int, leg: ShownLeg) -> Node:
    return Node(leg.party, amount, leg.kind, str(leg.title))


def _place(node: Node, depth: int, top: float, scale: float) -> float:
    """Leaves one under another, a node in the middle of its own; gives the room's lower edge."""
    node.depth = depth
    own = max(node.amount * scale, SLOT)
    if not node.children:
        node.top = top + (own - node.amount * scale) / 2
        return top + own + GAP
    bottom = top
    for child in node.children:
        bottom = _place(child, depth + 1, bottom, scale)
    bottom = max(bottom, top + own + GAP)
    node.top = (top + bottom - GAP - node.amount * scale) / 2
    return bottom


def _x(node: Node) -> float:
    return LEFT + node.depth * COLUMN


def _ribbons(nodes: Sequence[Node], scale: float) -> Iterator[tuple[str, str]]:
    for node in nodes:
        top = node.top
        for child in node.children:
            high = child.amount * scale
            if child.amount:
                yield child.kind, _ribbon(_x(node) + BAR, top, _x(child), child.top, high)
            top += high


def _ribbon(x: float, y: float, to_x: float, to_y: float, high: float) -> str:
    middle, high = (x + to_x) / 2, max(high, LEAST)
    points = [one_digit(one) for one in (x, y, middle, to_x, to_y, to_y + high, y + high)]
    left, top, bend, right, there, below, back = points
    return (
        f"M{left},{top}C{bend},{top} {bend},{there} {right},{there}"
        f"V{below}C{bend},{below} {bend},{back} {left},{back}Z"
    )


def _bar(node: Node, scale: float) -> SafeString:
    """With its words: at the left of what goes on, at the right of where it ends."""
    high, x = max(node.amount * scale, LEAST), _x(node)
    is_root, middle = node.depth == 0, node.top + node.amount * scale / 2
    at, anchor = (x - 6, "end") if is_root or node.children else (x + BAR + 6, "start")
    said = [("", node.title), *([("", node.part)] if node.part else []), ("nr", Money(node.amount))]
    first = middle + 5 - LINE * (len(said) - 1) / 2
    lines = (
        (name, one_digit(at), one_digit(first + LINE * number), anchor, words)
        for number, (name, words) in enumerate(said)
    )
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>{}',
        *(node.kind, one_digit(x), one_digit(node.top), BAR, one_digit(high)),
        format_html_join("", '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', lines),
    )


def _spoken(shown: ShownPreview) -> str:
    whole = _("An order of %(amount)s gives") % {"amount": Money(shown.gross)}
    parts = ", ".join(f"{one.title} {one.party} {Money(one.amount)}" for one in shown.legs)
    return f"{whole}: {parts}"
