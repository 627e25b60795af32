"""The command: files in, a file out, and every refusal with its line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.stack.paths import ROOT

from .orders import component, document

AGREEMENT = document(component("fee", 500, party="平台"), residual="商家")
HEADER = "order,line,event,phase,gross_fen,occurred_at\n"
ORDERS = (
    HEADER
    + "A,1,paid,,1000,2026-01-05T10:00:00\n"
    + "A,1,settled,1,400,2026-01-20T10:00:00\n"
    + "A,1,refunded,,700,2026-02-01T10:00:00\n"
)
ENTRIES = (
    "order,line,event,phase,component,party,amount_fen,track\n"
    "A,1,paid,,fee,平台,50,estimated\n"
    "A,1,paid,,residual,商家,950,estimated\n"
    "A,1,settled,1,fee,平台,-20,estimated\n"
    "A,1,settled,1,residual,商家,-380,estimated\n"
    "A,1,settled,1,fee,平台,20,settled\n"
    "A,1,settled,1,residual,商家,380,settled\n"
    "A,1,refunded,,fee,平台,-30,estimated\n"
    "A,1,refunded,,residual,商家,-570,estimated\n"
    "A,1,refunded,1,fee,平台,-5,settled\n"
    "A,1,refunded,1,residual,商家,-95,settled\n"
)


class Desk:
    """A folder with the files of one run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "entries.csv"
        self.put("agreement.json", json.dumps(AGREEMENT, ensure_ascii=False, indent=1))
        self.put("orders.csv", ORDERS)

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def words(self, **more: str) -> list[str]:
        given = {"agreement": "agreement.json", "orders": "orders.csv", "out": "entries.csv"}
        pairs = [(f"--{key}", str(self.folder / name)) for key, name in given.items()]
        pairs += [(f"--{key}", value) for key, value in more.items()]
        return [word for pair in pairs for word in pair]

    def run(self, orders: str | bytes | None = None, **more: str) -> str:
        if orders is not None:
            self.put("orders.csv", orders)
        call_command("split", *self.words(**more))
        return self.out.read_text(encoding="utf-8")

    def refused(self, orders: str | bytes | None = None, **more: str) -> list[str]:
        """The lines of the refusal, without the folder; nothing may have been written."""
        if orders is not None:
            self.put("orders.csv", orders)
        before = sorted(self.folder.iterdir())
        with pytest.raises(CommandError) as error:
            self.run(**more)
        assert error.value.returncode == 2
        assert sorted(self.folder.iterdir()) == before
        assert self.out not in before
        return str(error.value).replace(f"{self.folder}/", "").splitlines()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_splits_a_file(desk, capsys):
    assert desk.run() == ENTRIES
    assert capsys.readouterr().out == f"3 events split: {desk.out}\n"
    assert {path.name for path in desk.folder.iterdir()} == {
        "agreement.json",
        "entries.csv",
        "orders.csv",
    }


def test_the_same_file_twice_gives_the_same_bytes(desk):
    assert desk.run() == desk.run()


@pytest.mark.parametrize(
    "orders",
    [
        "\ufeff" + ORDERS,
        ORDERS.replace("\n", "\r\n"),
        HEADER + "".join(reversed(ORDERS.splitlines(keepends=True)[1:])),
        ORDERS + "".join(ORDERS.splitlines(keepends=True)[1:]),
        ORDERS.replace("T10:00:00", " 10:00"),
        ORDERS.replace("T10:00:00", "T02:00:00Z"),
        ORDERS.replace("T10:00:00", "T10:00:00+08:00"),
        ORDERS.replace("A,1,paid", "\n A , 1 ,paid"),
        "\n".join(
            ",".join([*line.split(",")[::-1], name])
            for line, name in zip(ORDERS.splitlines(), ["event_id", "e1", "", "e3"], strict=True)
        ),
    ],
    ids=[
        "byte-order mark",
        "windows",
        "other order",
        "twice",
        "short times",
        "other zone",
        "own zone",
        "blanks",
        "other columns",
    ],
)
def test_the_same_events_in_another_file(desk, orders):
    assert desk.run(orders) == ENTRIES


def test_no_orders_give_no_entries(desk):
    assert desk.run(HEADER) == ENTRIES.splitlines(keepends=True)[0]


def test_rows_are_ordered_by_time_and_periods_come_last(desk):
    part = {"code": "bonus", "party": "团队", "rate_bp": 100}
    desk.put("agreement.json", json.dumps(AGREEMENT | {"period_components": [part]}))
    more = "B,1,paid,,100,2026-01-06T10:00:00\nB,1,settled,1,100,2026-03-01T10:00:00\n"
    rows = desk.run(ORDERS + more, until="2026-04").splitlines()[1:]

    assert [row.split(",")[:4] for row in rows if "bonus" not in row][2::2] == [
        ["B", "1", "paid", ""],
        ["A", "1", "settled", "1"],
        ["A", "1", "settled", "1"],
        ["A", "1", "refunded", ""],
        ["A", "1", "refunded", "1"],
        ["B", "1", "settled", "1"],
        ["B", "1", "settled", "1"],
    ]
    assert rows[-6:] == [
        "2026-01,,period,,bonus,团队,4,settled",
        "2026-01,,period,,bonus,商家,-4,settled",
        "2026-02,2026-01,period,,bonus,团队,-1,settled",
        "2026-02,2026-01,period,,bonus,商家,1,settled",
        "2026-03,,period,,bonus,团队,1,settled",
        "2026-03,,period,,bonus,商家,-1,settled",
    ]


NO_AMOUNT = "is not a whole number of fen of at most 18 digits"
NO_TIME = "is not an ISO 8601 time such as 2026-01-31T20:15:00"
BAD_ROWS = {
    "A,1,shipped,,1,2026-01-06": "event: 'shipped' is none of paid, settled, refunded",
    ",1,paid,,1,2026-01-06": "order: empty",
    "A,,paid,,1,2026-01-06": "line: empty",
    "A\x00,1,paid,,1,2026-01-06": "order: 'A\\x00' has characters that cannot be shown",
    "A,1,refunded,,1.5,2026-01-06": f"gross_fen: '1.5' {NO_AMOUNT}",
    "A,1,refunded,,１,2026-01-06": f"gross_fen: '１' {NO_AMOUNT}",
    f"A,1,refunded,,1{'0' * 18},2026-01-06": f"gross_fen: '1{'0' * 18}' {NO_AMOUNT}",
    "A,1,refunded,,,2026-01-06": "gross_fen: empty",
    "A,1,refunded,,-5,2026-01-06": (
        "gross_fen: '-5' is below zero; a refund is a row of its own with its amount"
    ),
    "A,1,settled,,5,2026-01-06": "phase: ''; a settled row has its number, 1, 2, …",
    "A,1,settled,0,5,2026-01-06": "phase: '0'; a settled row has its number, 1, 2, …",
    "A,1,refunded,2,5,2026-01-06": "phase: '2'; only a settled row has one, leave it empty",
    "A,1,refunded,,5,06.01.2026": f"occurred_at: '06.01.2026' {NO_TIME}",
    "A,1,refunded,,5,0001-01-01": f"occurred_at: '0001-01-01' {NO_TIME}",
    "A,1,refunded,,5,9999-12-31T23:59:59Z": f"occurred_at: '9999-12-31T23:59:59Z' {NO_TIME}",
    "A,1,refunded,,5,": "occurred_at: empty",
    "A,1,refunded,,5,2026-01-06,x": "7 cells where the header has 6",
    "A,1,refunded,,301,2026-03-01": (
        "gross_fen: a refund of 301 is more than the 300 left of this line"
    ),
    "A,1,settled,2,1,2026-03-01": "gross_fen: settled 1 is above the 0 of the estimate left",
    "A,1,settled,1,401,2026-03-01": "gross_fen: phase 1 settled 400 already; it cannot be 401",
    "C,1,paid,,1,2025-12-31": (
        "occurred_at: paid on 2025-12-31, before the agreement, which begins on 2026-01-01"
    ),
    "C,1,settled,1,1,2026-01-06": (
        "event: this line is not paid at that time; its paid row must be there and earlier"
    ),
    "A,1,paid,,1000,2026-01-06": "event: this line is paid already; a line is paid once",
}


@pytest.mark.parametrize(("row", "expected"), BAD_ROWS.items())
def test_bad_rows_are_refused_with_their_line(desk, row, expected):
    assert desk.refused(f"{ORDERS}{row}\n") == [f"orders.csv:5: {expected}"]


def test_all_bad_rows_are_told_at_once(desk):
    rows = "A,1,shipped,,x,2026-01-06\nA,1,paid,,y,2026-01-06\n"

    assert [line.split(" ")[0] for line in desk.refused(ORDERS + rows)] == [
        "orders.csv:5:",
        "orders.csv:5:",
        "orders.csv:6:",
    ]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ("", "orders.csv:1: missing column order"),
        (ORDERS.replace("gross_fen", "gross"), "orders.csv:1: missing column gross_fen"),
        (
            ORDERS.replace("occurred_at\n", "occurred_at,eventid\n"),
            "orders.csv:1: unknown column 'eventid'; there are order, line, event, phase,"
            " gross_fen, occurred_at, event_id",
        ),
        (HEADER.replace("phase", "event"), "orders.csv:1: missing column phase"),
        ((HEADER + "商,1\n").encode("gbk"), "orders.csv:2: wrong encoding: byte 0xc9 is not UTF-8"),
        (ORDERS + '"A",1,"paid', "orders.csv:5: not CSV: unexpected end of data"),
    ],
)
def test_files_of_another_form_are_refused(desk, orders, expected):
    assert desk.refused(orders)[0] == expected


def test_a_refused_file_leaves_the_old_entries(desk):
    desk.out.write_text("old", encoding="utf-8")

    with pytest.raises(CommandError):
        desk.run("nonsense")

    assert desk.out.read_text(encoding="utf-8") == "old"


def test_a_fault_of_the_agreement_has_its_line(desk):
    text = (desk.folder / "agreement.json").read_text(encoding="utf-8")
    desk.put("agreement.json", text.replace('"rate_bp": 500', '"rate_bp": 10500'))

    assert desk.refused() == [
        "agreement.json:9: $.components[0].rate_bp: This must be at most 10000."
    ]


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        ("{", "agreement.json:1: not JSON: Expecting a key in double quotes"),
        (b'{"a": "\xc9"}', "agreement.json:1: wrong encoding: byte 0xc9 is not UTF-8"),
        (
            '{"version": 1,\n"version": 2}',
            "agreement.json:1: $.version: The key “version” is there twice.",
        ),
    ],
)
def test_an_agreement_of_another_form_is_refused(desk, agreement, expected):
    desk.put("agreement.json", agreement)

    assert desk.refused()[0] == expected


@pytest.mark.parametrize("until", ["2026", "2026-13", "2026-1", "0000-01", "march", ""])
def test_until_is_a_month(desk, until):
    assert desk.refused(until=until) == [f"--until: {until!r} is not a month such as 2026-03"]


def test_missing_files_are_refused(desk):
    (desk.folder / "orders.csv").unlink()

    assert desk.refused() == ["orders.csv: No such file or directory"]


def test_the_command_ends_with_2_and_needs_no_database(desk):
    """A process of its own, with no database to be reached."""
    desk.put("orders.csv", ORDERS + "A,1,shipped,,1,2026-01-06\n")
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "TRILINK_ENV": "demo"}
    command = [sys.executable, "manage.py", "split", *desk.words()]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=nowhere)

    assert run.returncode == 2
    assert "orders.csv:5: event: 'shipped' is none of" in run.stderr
    assert not desk.out.exists()

    desk.put("orders.csv", ORDERS)
    assert subprocess.run(command, capture_output=True, cwd=ROOT, env=nowhere).returncode == 0
    assert desk.out.read_text(encoding="utf-8") == ENTRIES
