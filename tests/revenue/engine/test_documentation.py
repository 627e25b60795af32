"""The example of the documentation is what the command makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import call_command

from portal.stack.paths import ROOT

BLOCK = re.compile(r"^```(?:json|csv)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_example_is_computed(tmp_path: Path) -> None:
    text = (ROOT / "docs/splits.md").read_text(encoding="utf-8")
    agreement, orders, entries = BLOCK.findall(text)
    (tmp_path / "agreement.json").write_text(agreement, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(orders, encoding="utf-8")

    call_command(
        "split",
        f"--agreement={tmp_path}/agreement.json",
        f"--orders={tmp_path}/orders.csv",
        f"--out={tmp_path}/entries.csv",
    )

    assert (tmp_path / "entries.csv").read_text(encoding="utf-8") == entries
