"""A statement as files: every line, the tax in it, and its journal for other programs."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from decimal import Decimal

import pytest
from django.urls import reverse

from portal.core import jobs
from portal.core.files import read_file
from portal.core.models import ExportRun
from portal.settlement import boxes
from portal.settlement.papers import statement_data
from tests.revenue.orders.telling import GROSS

from .making import APRIL, MARCH, approved, on, papers, settled, sold, statement_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(merchant, creator, provider, maker, checker):
    """Of April: an order, and one of March that came back."""
    papers(merchant, creator, provider)
    sold(merchant, creator, "D1", month=3, day=28, refunded=GROSS, back_after=10)
    sold(merchant, creator, "=1+1", month=4)
    with on(4, 12):
        approved(maker, checker, MARCH)
    with on(5, 3):
        settled(maker, APRIL)
    return statement_of(provider)


def exported(person, statement, kind, form="csv"):
    said = {"kind": f"settlement.{kind}", "number": statement.number, "format": form}
    assert person.browser().post("/exports/", said).status_code == 302
    run = ExportRun.objects.latest("created_at")
    jobs.run_job(str(run.job_id))
    run.refresh_from_db()
    return run


def content(person, run):
    assert run.problem == ""
    return b"".join(read_file(person.actor, file=run.file))


def test_the_file_has_every_line_and_its_sum_is_the_total(provider, statement):
    run = exported(provider, statement, "statement")
    head, *rows = csv.reader(io.StringIO(content(provider, run).decode("utf-8-sig")))
    due = len(head) - 2
    assert sum(Decimal(row[due]) for row in rows) == Decimal(statement.total).scaleb(-2)
    assert {row[1] for row in rows} == {"'=1+1", "D1"}  # what a sheet would compute is text


def test_strangers_get_no_file(rival, statement):
    assert exported(rival, statement, "statement").file is None
    paper = reverse("statement_paper", args=[statement.number])
    assert rival.browser().get(paper).status_code == 404


def test_the_paper_tells_rows_sums_and_tax(provider, statement):
    def tax(asked, amounts):
        rows = [boxes.TaxRow(fen, 600, fen - 6, 6) for fen in amounts]
        return boxes.StatementTaxes(rows, boxes.TaxRow(asked.total, 600, asked.total - 6, 6), ["N"])

    known = list(boxes._tax)
    try:
        boxes.register_tax(tax)
        data = statement_data(statement)
    finally:
        boxes._tax[:] = known
    assert len(data["rows"]) == 1
    assert data["tax_rows"][0][2] == "6%"
    assert data["sums"][-1][1] == f"¥{statement.total / 100:,.2f}"
    answer = provider.browser().get(reverse("statement_paper", args=[statement.number]))
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(("kind", "program"), [("hledger", "hledger"), ("beancount", "bean-check")])
def test_the_journal_is_the_partys_own_and_holds_its_total(
    provider, creator, statement, tmp_path, kind, program
):
    run = exported(provider, statement, kind)
    text = content(provider, run).decode()
    assert provider.party.name in text
    assert creator.party.name not in text
    assert f"{abs(statement.total) // 100}.{abs(statement.total) % 100:02d} CNY" in text
    if found := shutil.which(program):
        file = tmp_path / run.file.name
        file.write_text(text, encoding="utf-8")
        command = [found, "-f", str(file), "check"] if kind == "hledger" else [found, str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
