"""First articles and ready answers, loaded with the reference data; edits are kept."""

from __future__ import annotations

import csv
from pathlib import Path

from portal.core.actor import Actor
from portal.help.models import Article, CannedAnswer

FOLDER = Path(__file__).parent


def load_help(actor: Actor) -> int:
    """Add the articles and answers that are missing. Returns how many were."""
    known = set(Article.objects.values_list("code", flat=True))
    articles = [
        Article(**row, position=position)
        for position, row in enumerate(_rows("articles"))
        if row["code"] not in known
    ]
    titles = set(CannedAnswer.objects.values_list("title", flat=True))
    answers = [CannedAnswer(**row) for row in _rows("answers") if row["title"] not in titles]
    Article.objects.bulk_create(articles)
    CannedAnswer.objects.bulk_create(answers)
    return len(articles) + len(answers)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
