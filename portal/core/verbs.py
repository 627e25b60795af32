"""What the verbs of the audit trail say. Each app names its own in its `verbs.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {}
PRIVATE: set[str] = set()
TOLD: set[str] = set()
SETBACKS: set[str] = set()


def register_verbs(
    words: Mapping[str, str | Promise],
    *,
    private: Iterable[str] = (),
    told: Iterable[str] = (),
    setbacks: Iterable[str] = (),
) -> None:
    """`private`: nobody's business but the party's whose person did it. `told`: the row's reason is
    a sentence for the reader. `setbacks`: shown as a warning."""
    if twice := VERBS.keys() & words.keys():
        raise ValueError(f"These verbs have words already: {sorted(twice)}")
    VERBS.update(words)
    PRIVATE.update(private)
    TOLD.update(told)
    SETBACKS.update(setbacks)


register_verbs(
    {
        "discard_draft": _("discarded what was typed"),
        "start_job": _("started the job"),
        "retry_job": _("queued the job again"),
        "start_export": _("asked for an export"),
        "finish_export": _("finished the export"),
        "store_file": _("stored a file"),
        "read_file": _("read a file"),
        "delete_file": _("deleted a file"),
        "start_import": _("handed a file in for import"),
        "check_import": _("checked the import"),
        "apply_import": _("brought the import in"),
        "finish_import": _("finished the import"),
        "discard_import": _("discarded the import"),
        "save_reference": _("changed reference data"),
    }
)
