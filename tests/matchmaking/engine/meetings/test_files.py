"""The command: a file in, a file out, and every refusal with its path."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from matchmaking.engine.meetings import FairFaults, parse_fair

FAIR: dict[str, Any] = {
    "slots": 3,
    "breaks": [1],
    "tables": 2,
    "left": [{"id": "甲", "max": 2, "min": 1, "unavailable": [2]}, {"id": "乙"}],
    "right": [{"id": "x"}, {"id": "y", "unavailable": []}],
    "pairs": [
        {"left": "甲", "right": "x", "value": 3},
        {"left": "甲", "right": "y", "value": 1.5},
        {"left": "乙", "right": "x", "value": 0},
    ],
    "fixed": [{"left": "乙", "right": "y", "slot": 2}],
    "forbidden": [{"left": "甲", "right": "y"}],
    "seed": 7,
}


class Desk:
    """A folder with the files of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.instance, self.out = folder / "fair.json", folder / "plan.json"

    def run(self, fair: object) -> dict[str, Any]:
        text = fair if isinstance(fair, str) else json.dumps(fair, ensure_ascii=False, indent=1)
        self.instance.write_bytes(text.encode())
        call_command("plan_meetings", "--instance", str(self.instance), "--out", str(self.out))
        return json.loads(self.out.read_text(encoding="utf-8"))

    def refused(self, fair: object, code: int = 2) -> list[str]:
        """The lines of the refusal, without the folder; nothing may have been written."""
        with pytest.raises(CommandError) as error:
            self.run(fair)
        assert error.value.returncode == code
        assert [one.name for one in self.folder.iterdir()] == ["fair.json"]
        return str(error.value).replace(f"{self.folder}/", "").splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def changed(*steps: str | int, to: object = None, of: dict[str, Any] = FAIR) -> dict[str, Any]:
    """The fair with another value at one place; without it where there is none to put."""
    fair = deepcopy(of)
    at: Any = fair
    for step in steps[:-1]:
        at = at[step]
    at[steps[-1]] = to
    return fair


def test_plans_a_file(desk, capsys):
    plan = desk.run(FAIR)

    assert plan.pop("seconds") >= 0
    assert plan == {
        "meetings": [
            {"left": "甲", "right": "x", "slot": 0, "table": 0},
            {"left": "乙", "right": "y", "slot": 2, "table": 0},
        ],
        "value": 3.0,
        "upper_bound": 3.0,
        "gap": 0.0,
        "shortfall_bound": 0,
        "unmet": [],
    }
    assert capsys.readouterr().out == f"2 meetings planned: {desk.out}\n"


def test_the_same_file_gives_the_same_plan(desk):
    first, second = desk.run(FAIR), desk.run(FAIR)

    assert first | {"seconds": 0} == second | {"seconds": 0}


def test_what_may_be_left_out_or_null(desk):
    plan = desk.run(
        {
            "slots": 1,
            "tables": 1,
            "left": [{"id": 1, "max": None}],
            "right": [{"id": 1}],
            "pairs": [{"left": 1, "right": 1, "value": 2}],
            "fixed": None,
        }
    )

    assert plan["meetings"] == [{"left": 1, "right": 1, "slot": 0, "table": 0}]


def test_a_byte_order_mark_is_no_fault(desk):
    assert desk.run("\ufeff" + json.dumps(FAIR))["value"] == 3


def test_a_plan_that_is_there_is_replaced_only_by_another(desk):
    desk.run(FAIR)
    before = desk.out.read_bytes()
    with pytest.raises(CommandError):
        desk.run(changed("slots", to=-1))

    assert desk.out.read_bytes() == before


# --- malformed ------------------------------------------------------------------------------------

BAD: list[tuple[dict[str, Any], str]] = [
    (changed("slots", to=-1), "$.slots"),
    (changed("slots", to="3"), "$.slots"),
    (changed("slots", to=None), "$.slots"),
    (changed("slots", to=True), "$.slots"),
    (changed("slots", to=2.5), "$.slots"),
    (changed("tables", to=None), "$.tables"),
    (changed("tables", to=-2), "$.tables"),
    (changed("breaks", to=[3]), "$.breaks[0]"),
    (changed("breaks", to=3), "$.breaks"),
    (changed("seed", to="a"), "$.seed"),
    (changed("day", to=1), "$.day"),
    (changed("left", to=None), "$.left"),
    (changed("left", to={}), "$.left"),
    (changed("left", 0, to="甲"), "$.left[0]"),
    (changed("left", 1, "id", to=None), "$.left[1].id"),
    (changed("left", 1, "id", to=""), "$.left[1].id"),
    (changed("left", 1, "id", to=1.5), "$.left[1].id"),
    (changed("left", 1, "id", to="甲"), "$.left[1].id"),
    (changed("left", 0, "min", to=3), "$.left[0].min"),
    (changed("left", 0, "max", to=-1), "$.left[0].max"),
    (changed("left", 0, "size", to=1), "$.left[0].size"),
    (changed("left", 0, "group", to=1), "$.left[0].group"),
    (changed("right", 1, "unavailable", to=[0, 3]), "$.right[1].unavailable[1]"),
    (changed("right", 1, "unavailable", to=[-1]), "$.right[1].unavailable[0]"),
    (changed("pairs", to="all"), "$.pairs"),
    (changed("pairs", 1, to=[]), "$.pairs[1]"),
    (changed("pairs", 1, "value", to=-0.5), "$.pairs[1].value"),
    (changed("pairs", 1, "value", to="3"), "$.pairs[1].value"),
    (changed("pairs", 1, "value", to=None), "$.pairs[1].value"),
    (changed("pairs", 1, "value", to=True), "$.pairs[1].value"),
    (changed("pairs", 1, "value", to=10**400), "$.pairs[1].value"),
    (changed("pairs", 1, "left", to="丙"), "$.pairs[1].left"),
    (changed("pairs", 1, "left", to=["甲"]), "$.pairs[1].left"),
    (changed("pairs", 1, "right", to="甲"), "$.pairs[1].right"),
    (changed("pairs", 1, "right", to="x"), "$.pairs[1].right"),
    (changed("pairs", 1, "worth", to=1), "$.pairs[1].worth"),
    (changed("pairs", 1, "must", to=1), "$.pairs[1].must"),
    (changed("fixed", 0, "slot", to=3), "$.fixed[0].slot"),
    (changed("fixed", 0, "slot", to=None), "$.fixed[0].slot"),
    (changed("fixed", 0, "left", to="丙"), "$.fixed[0].left"),
    (changed("fixed", to=FAIR["fixed"] * 2), "$.fixed[1].right"),
    (changed("fixed", 0, "table", to=0), "$.fixed[0].table"),
    (changed("forbidden", 0, "right", to="z"), "$.forbidden[0].right"),
    (changed("forbidden", 0, "slot", to=0), "$.forbidden[0].slot"),
    (changed("halls", to=[]), "$.halls"),
    (changed("halls", to=[{"id": "a"}]), "$.halls[0].tables"),
    (changed("halls", to=[{"id": "a", "tables": 1}] * 2), "$.halls[1].id"),
    (changed("fairness", to={"k": 1, "spread": 0}), "$.fairness.spread"),
    (changed("fairness", to={"spread": 1}), "$.fairness.k"),
]


@pytest.mark.parametrize(
    ("fair", "path"), BAD, ids=[f"{at} {path}" for at, (_, path) in enumerate(BAD)]
)
def test_what_is_wrong_is_named_by_its_path(fair, path):
    with pytest.raises(FairFaults) as error:
        parse_fair(fair)

    assert [one.path for one in error.value.faults] == [path]


def test_faults_come_with_their_line_and_all_at_once(desk):
    fair = changed("tables", to=-1)
    fair["left"][0]["max"] = "two"

    assert desk.refused(fair) == [
        "fair.json:6: $.tables: This must be at least 0.",
        "fair.json:10: $.left[0].max: This must be a whole number.",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "fair.json:1: not JSON: Expecting value"),
        ("[]", "fair.json:1: $: This must be an object."),
        ('{"slots": 1,\n"slots": 2}', "fair.json:1: $.slots: The key “slots” is there twice."),
        (json.dumps(FAIR).replace("1.5", "NaN"), "fair.json:1: not JSON: Expecting value"),
        (json.dumps(FAIR) + "}", "fair.json:1: not JSON: More than one value"),
        ("[" * 10_000, "fair.json:1: not JSON: Too deep"),
    ],
    ids=["nothing", "list", "key twice", "NaN", "more", "deep"],
)
def test_text_that_is_no_fair(desk, text, reason):
    assert desk.refused(text)[0] == reason


# --- rules that clash -----------------------------------------------------------------------------


def must(at: int, **more: Any) -> dict[str, Any]:
    return changed("pairs", at, "must", to=True) | more


CLASHES: list[tuple[dict[str, Any], str]] = [
    (changed("fixed", 0, "slot", to=1), "$.fixed[0]: Slot 1 is in $.breaks."),
    (
        FAIR | {"fixed": [{"left": "甲", "right": "x", "slot": 2}]},
        "$.fixed[0]: “甲” is unavailable in slot 2 ($.left[0].unavailable).",
    ),
    (
        FAIR | {"fixed": [{"left": "甲", "right": "y", "slot": 0}]},
        "$.fixed[0]: “甲” and “y” are in $.forbidden.",
    ),
    (
        FAIR
        | {
            "fixed": [
                {"left": "乙", "right": "y", "slot": 2},
                {"left": "乙", "right": "x", "slot": 2},
            ]
        },
        "$.fixed[1]: “乙” is in $.fixed[0] in the same slot.",
    ),
    (
        changed("tables", to=0),
        "$.fixed[0]: Slot 2 has more fixed meetings than tables: 0.",
    ),
    (
        changed("left", 1, "max", to=0),
        "$.fixed[0]: “乙” has 1 fixed meetings and musts, at most 0 can be ($.left[1]).",
    ),
    (must(1), "$.pairs[1].must: “甲” and “y” are in $.forbidden."),
    (
        must(1, forbidden=[], fixed=[{"left": "甲", "right": "x", "slot": 0}]),
        "$.pairs[1].must: “甲” and “y” have no open slot in common (unavailable, or in a fixed "
        "meeting).",
    ),
]


@pytest.mark.parametrize(("fair", "reason"), CLASHES, ids=[reason for _, reason in CLASHES])
def test_rules_that_clash_are_named(desk, fair, reason):
    assert desk.refused(fair, 3) == [f"fair.json: {reason}"]


def test_more_musts_than_a_party_has_time_for(desk):
    fair = FAIR | {"forbidden": [], "fixed": []}
    for pair in (fair := deepcopy(fair))["pairs"]:
        pair["must"] = True

    assert desk.refused(fair, 3) == [
        f"fair.json: $.pairs[{at}].must: “甲” has 2 fixed meetings and musts, at most 1 can be "
        "($.left[0])."
        for at in (0, 1)
    ]


def test_half_a_surrogate_pair_is_no_id():
    with pytest.raises(FairFaults, match=r"^\$\.left\[1\]\.id: "):
        parse_fair(changed("left", 1, "id", to="\ud83d"))


def test_what_no_file_can_hold_is_refused(desk):
    half = json.dumps(changed("left", 0, "group", to="half")).replace("half", "\\ud800")
    assert len(desk.refused(half)) == 1
    halls = changed("halls", to=[{"id": "h", "tables": 1, "gap": 10**30}])
    assert any("gap: This must be at most" in line for line in desk.refused(halls))
