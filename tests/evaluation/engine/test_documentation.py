"""The example of the documentation is what the command makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.management import call_command

from portal.stack.paths import ROOT

BLOCK = re.compile(r"^```(?:json|csv)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_example_is_computed(tmp_path: Path) -> None:
    text = (ROOT / "docs/evaluation-file.md").read_text(encoding="utf-8")
    method, data, scores = BLOCK.findall(text)
    (tmp_path / "method.json").write_text(method, encoding="utf-8")
    (tmp_path / "indicators.csv").write_text(data, encoding="utf-8")

    call_command(
        "evaluate",
        f"--method={tmp_path}/method.json",
        f"--data={tmp_path}/indicators.csv",
        f"--out={tmp_path}/scores.csv",
    )

    assert (tmp_path / "scores.csv").read_text(encoding="utf-8") == scores
