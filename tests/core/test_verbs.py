"""Whatever is written to the audit trail can be read in words."""

import re

import pytest
from django.utils import translation

from portal.core.verbs import PRIVATE, SETBACKS, TOLD, VERBS, register_verbs
from portal.stack.paths import ROOT

WRITTEN = re.compile(
    r"""audit\.(?:record|entry)\(\s*[\w.]+(?:\([^()]*\))?,\s*"(\w+)"   # who, what
    |\bverb="(\w+)"                                       # handed on to who writes it
    |_change_status\([^()]*?"([a-z]+_[a-z_]+)"\s*[,)]""",
    re.VERBOSE,
)


def verbs_written() -> set[str]:
    folders = [ROOT / name for name in ("portal", "matchmaking", "training")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    texts = [path.read_text() for path in files if "migrations" not in path.parts]
    return {next(filter(None, found)) for text in texts for found in WRITTEN.findall(text)}


def test_every_verb_has_words():
    written = verbs_written()
    assert len(written) > 400
    assert sorted(written - VERBS.keys()) == []


def test_words_are_said_once_and_in_both_languages():
    assert VERBS.keys() >= PRIVATE | TOLD | SETBACKS
    with translation.override("zh-hans"):
        assert [verb for verb, words in VERBS.items() if str(words).isascii()] == []
    with pytest.raises(ValueError, match="start_job"):
        register_verbs({"start_job": "again"})
