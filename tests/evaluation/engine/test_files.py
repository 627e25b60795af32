"""The command: files in, a file out, and every refusal with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .methods import dimension, document, indicator

METHOD = document(
    dimension("first", indicator("A", weight=3), indicator("B")),
    dimension("second", indicator("C")),
    aggregate={"kind": "arithmetic"},
    gates=[{"code": "severe", "composite": 40}],
)
DATA = "party,indicator,value,sample_size\nq,A,4,\nq,C,8,12\np,A,2,5\np,B,6,\np,C,10,\n"
SCORES = (
    "party,dimension,score,low,high,coverage,rank,segment\n"
    "p,first,30.000000,,,1.000000,2,all\n"  # (3 × 20 + 60) / 4
    "p,second,100.000000,,,1.000000,1,all\n"
    "p,composite,65.000000,,,1.000000,1,all\n"
    "q,first,40.000000,,,0.750000,1,all\n"
    "q,second,80.000000,,,1.000000,2,all\n"
    "q,composite,60.000000,,,1.000000,2,all\n"
)


class Desk:
    """A folder with the files of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "scores.csv"
        self.put("method.json", json.dumps(METHOD, ensure_ascii=False))
        self.put("data.csv", DATA)

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, **more: str) -> str:
        given = {"method": "method.json", "data": "data.csv", "out": "scores.csv", **more}
        pairs = [(f"--{key}", str(self.folder / name)) for key, name in given.items()]
        call_command("evaluate", *(word for pair in pairs for word in pair))
        return self.out.read_text(encoding="utf-8")

    def refused(self, **more: str) -> list[str]:
        """The lines of the refusal, without the folder; nothing may have been written."""
        before = sorted(self.folder.iterdir())
        old = self.out.read_bytes() if self.out.is_file() else None
        with pytest.raises(CommandError) as error:
            self.run(**more)
        assert error.value.returncode == 2
        assert sorted(self.folder.iterdir()) == before
        assert (self.out.read_bytes() if self.out.is_file() else None) == old
        return str(error.value).replace(f"{self.folder}/", "").splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_scores_a_file(desk, capsys):
    assert desk.run() == SCORES
    assert sorted(path.name for path in desk.folder.iterdir()) == [
        "data.csv",
        "method.json",
        "scores.csv",
    ]


def test_an_existing_output_is_replaced(desk):
    desk.out.write_text("old")

    assert desk.run() == SCORES


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff" + DATA,
        DATA.replace("\n", "\r\n"),
        DATA.replace("\n", ",note\n", 1).replace(",\n", ",,seen by Li\n"),
        DATA.replace("q,A,4,", "\n q , A ,4.0e0,\n,,,"),
        "sample_size,value,indicator,party\n,4,A,q\n12,8,C,q\n5,2,A,p\n,6,B,p\n,10,C,p\n",
        "\n".join(sorted(DATA.splitlines()[1:])).join(
            ["party,indicator,value,sample_size\n", "\n"]
        ),
    ],
    ids=["byte-order mark", "windows", "extra column", "blanks", "other columns", "other order"],
)
def test_the_same_figures_in_another_file(desk, data):
    desk.put("data.csv", data)

    assert desk.run() == SCORES


def test_parties_give_segments_and_rows(desk):
    desk.put("parties.csv", "party,segment\nq,小店\np,small\nr,small\n")

    rows = desk.run(parties="parties.csv").splitlines()
    assert rows[3] == "p,composite,65.000000,,,1.000000,1,small"
    assert rows[6] == "q,composite,60.000000,,,1.000000,1,小店"
    assert rows[7:] == [f"r,{one},,,,0.000000,,small" for one in ("first", "second", "composite")]


def test_gates_cap(desk):
    desk.put("gates.csv", "party,gate\np,severe\n")

    rows = desk.run(gates="gates.csv").splitlines()
    assert rows[3] == "p,composite,40.000000,,,1.000000,2,all"
    assert rows[6] == "q,composite,60.000000,,,1.000000,1,all"


def test_bands_are_there_with_draws(desk):
    desk.put("method.json", json.dumps(METHOD | {"draws": 50, "seed": 1}))

    first = desk.run()
    low, high = first.splitlines()[1].split(",")[3:5]
    assert 20 < float(low) < 30 < float(high) < 60
    assert desk.run() == first


def test_figures_at_the_edge_of_what_can_be_reckoned(desk):
    shrunk = indicator("A", shrink={"strength": 1, "prior": "segment"}, noise={"kind": "rate"})
    one = document(dimension("one", shrunk), winsorise=[2, 98], draws=5)
    desk.put("method.json", json.dumps(one))
    desk.put("data.csv", DATA.splitlines()[0] + "\np,A,1e308,1e308\nq,A,-1e308,1e300\nr,A,5,0\n")

    rows = desk.run().splitlines()
    assert rows[2].startswith("p,composite,100.000000,100.000000,100.000000,")
    assert rows[4].startswith("q,composite,0.000000,0.000000,0.000000,")


def test_names_with_commas_and_quotes_are_quoted(desk):
    desk.put("data.csv", 'party,indicator,value,sample_size\n"a ""b"", c",C,5,\n')

    assert '"a ""b"", c",composite,50.000000' in desk.run()


def test_a_file_without_rows(desk):
    desk.put("data.csv", "party,indicator,value,sample_size\n")
    desk.put("method.json", json.dumps(METHOD | {"draws": 10}))

    assert desk.run() == SCORES.splitlines(keepends=True)[0]


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("p,D,1,", "unknown indicator 'D'"),
        ("p,A,3,", "duplicate row: p, A stands on line 4"),
        ("r,A,nan,", "value: nan is not finite"),
        ("r,A,-Infinity,", "value: -Infinity is not finite"),
        ("r,A,1e999,", "value: 1e999 is not finite"),
        ("r,A,,", "value: empty"),
        ("r,A,ten,", "value: 'ten' is not a number"),
        ("r,A,1_0,", "value: '1_0' is not a number"),
        ("r,A,１,", "value: '１' is not a number"),
        ("r,A,1,x", "sample_size: 'x' is not a number"),
        ("r,A,1,-1", "sample_size: -1 is below zero"),
        ("r,A,1,inf", "sample_size: inf is not finite"),
        (",A,1,", "party: empty"),
        ("r\x02,A,1,", "party: 'r\\x02' has control characters"),
        ("r,A,1,000,5", "5 cells where the header has 4"),
        ('r,A,"1', "not CSV: unexpected end of data"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(desk, row, reason):
    desk.put("data.csv", f"{DATA}{row}\n")
    desk.out.write_text("old")

    assert desk.refused() == [f"data.csv:7: {reason}"]


def test_lines_are_counted_as_an_editor_does(desk):
    desk.put("data.csv", 'party,indicator,value,sample_size\n\n"two\nlines",C,5,\np,X,5,\n')

    assert desk.refused() == ["data.csv:5: unknown indicator 'X'"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "1: missing column party"),
        ("party;indicator;value;sample_size\n", "1: missing column party"),
        ("party,indicator,value\n", "1: missing column sample_size"),
        ("party,indicator,value,sample_size,value\n", "1: column value is there twice"),
        (DATA.encode("utf-16"), "1: wrong encoding: byte 0xff is not UTF-8"),
        (DATA.encode() + "云,A,1,\n".encode("gbk"), "7: wrong encoding: byte 0xd4 is not UTF-8"),
    ],
)
def test_a_wrong_file_is_refused(desk, data, reason):
    desk.put("data.csv", data)

    assert desk.refused()[0] == f"data.csv:{reason}"


def test_all_faults_of_all_tables_at_once(desk):
    desk.put("data.csv", DATA + "p,X,1,\nr,A,oops,\n")
    desk.put("parties.csv", "party,segment\np,x\nq,\nq,y\n")
    desk.put("gates.csv", "party,gate\np,mild\np,severe\np,severe\n")

    assert desk.refused(parties="parties.csv", gates="gates.csv") == [
        "parties.csv:3: segment: empty",
        "parties.csv:4: duplicate row: q stands on line 3",
        "data.csv:7: unknown indicator 'X'",
        "data.csv:8: value: 'oops' is not a number",
        "gates.csv:2: unknown gate 'mild'",
        "gates.csv:4: duplicate row: p, severe stands on line 3",
    ]


def test_a_party_that_is_not_in_the_file_of_parties(desk):
    desk.put("parties.csv", "party,segment\np,x\n")
    desk.put("gates.csv", "party,gate\nq,severe\n")

    assert desk.refused(parties="parties.csv", gates="gates.csv") == [
        "data.csv:2: party q is not in the file of parties",
        "data.csv:3: party q is not in the file of parties",
        "gates.csv:2: unknown party 'q'",
    ]


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        ('"version"', '"versoin"', [":3: $.versoin: There is no such key.",
                                    ":1: $.version: This is missing."]),
        ('"lower": 0', '"lower": 12',
         [":7: $.dimensions[0].indicators[0].lower: 12 must be below 10."]),
        ('"lower": 0', '"lower": 1, "lower": 0',
         [":7: $.dimensions[0].indicators[0].lower: The key “lower” is there twice."]),
        ('"lower": 0', '"lower": NaN', [":7: not JSON: Expecting value"]),
        ('"lower": 0', '"lower": -1e999',
         [":7: $.dimensions[0].indicators[0].lower: This must be a number."]),
        ('"lower": 0,', '"lower": 0', [":7: not JSON: Expecting ','"]),
        ('"weight": 1', '"weight": 0',
         [":6: $.dimensions[0].indicators: The weights sum to zero."]),
    ],
)  # fmt: skip
def test_a_wrong_method_is_refused_with_line_and_path(desk, before, after, faults):
    text = """{"code": "test",
 "scale": [0, 10],
 "version": "1",
 "dimensions": [
  {"code": "one", "weight": 2,
   "indicators": [
    {"code": "A", "direction": "higher", "lower": 0, "upper": 10, "weight": 1}]}]}"""
    desk.put("data.csv", DATA + "what,ever,is,here")
    desk.put("method.json", text.replace(before, after))

    assert desk.refused() == [f"method.json{fault}" for fault in faults]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "1: not JSON: Expecting value"),
        (b"[1] 2", "1: not JSON: More than one value"),
        (b"[" * 5000, "1: not JSON: Too deep"),
        (b'{"a" 1}', "1: not JSON: Expecting ':'"),
        (b"{1: 2}", "1: not JSON: Expecting a key in double quotes"),
        (b'\n"\n"', "2: not JSON: Invalid control character at"),
        ("\n\n云".encode("gbk"), "3: wrong encoding: byte 0xd4 is not UTF-8"),
        (b"1" * 5000, "1: $: This must be an object."),
    ],
)
def test_what_is_no_method_at_all(desk, raw, reason):
    desk.put("method.json", raw)

    assert desk.refused() == [f"method.json:{reason}"]


def test_files_that_cannot_be_opened_are_all_named(desk):
    assert desk.refused(data="none.csv", parties=".", gates="neither.csv") == [
        "none.csv: No such file or directory",
        f"{desk.folder}: Is a directory",
        "neither.csv: No such file or directory",
    ]


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("folder", "folder: not a file that can be written"),
        ("nowhere/scores.csv", "nowhere/scores.csv: no such folder"),
        ("x" * 300, "x" * 300 + ": File name too long"),
        ("x" * 255, "x" * 255 + ": File name too long"),
        ("data.csv", "data.csv: would replace one of the files it is made of"),
    ],
)
def test_an_output_that_cannot_be(desk, out, reason):
    (desk.folder / "folder").mkdir()

    assert desk.refused(out=out) == [reason]


def test_a_method_may_begin_with_a_byte_order_mark_and_say_null(desk):
    same = METHOD | {"min_coverage": 5e-1, "winsorise": None, "seed": -3}
    desk.put("method.json", b"\xef\xbb\xbf" + json.dumps(same, indent=1).encode())

    assert desk.run() == SCORES
