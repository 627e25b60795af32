"""Every case of money that must be right has a test of its name, and the test is there."""

from __future__ import annotations

import ast
import re
from functools import cache

from portal.stack.paths import ROOT

TABLE = ROOT / "docs" / "money-cases.md"
ROW = re.compile(r"^\| (?P<case>[^|]+) \| (?P<tests>`tests/[^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(?P<path>tests/[\w/]+\.py)::(?P<name>\w+)`")
CASES = (
    *("rounding and ties", "estimated and settled", "several phases", "a late event"),
    *("a duplicate event", "events out of order", "a refund before settlement"),
    *("a refund after settlement", "a refund after payout"),
    *("a negative balance over several periods", "a refund larger than the rest"),
    *("a refund of a refund", "a chargeback won", "replay with an old agreement version"),
    *("overlapping agencies refused", "stacked bases", "subsidies and freight"),
    "a guarantee and a ladder over a month boundary",
    *("a correction of a closed month", "disputes", "a payout rejected", "a payout in part"),
    *("a payout tried again", "one currency per account", "zero rates", "rates of 100 %"),
    *("an order of 1 fen", "100 fen over three", "two settlement runs at the same moment"),
    *("two approvers at the same moment", "kill -9 in the middle of an import"),
    "kill -9 in the middle of a settlement run",
    *("kill -9 in the middle of a payout batch", "who changed which rate and when"),
)


def test_every_case_has_its_tests():
    rows = {row["case"]: row["tests"] for row in ROW.finditer(TABLE.read_text(encoding="utf-8"))}
    assert list(rows) == list(CASES)
    lost = [
        f"{case}: {test[0]}"
        for case, tests in rows.items()
        for test in TEST.finditer(tests)
        if test["name"] not in names_in(test["path"])
    ]
    assert lost == []
    assert all(TEST.search(tests) for tests in rows.values())


@cache
def names_in(path: str) -> set[str]:
    """Functions that pytest would run."""
    file = ROOT / path
    if not file.exists():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
