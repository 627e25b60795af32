"""Files: their uploader's and their party's, as their purpose says."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.core.exports import ExportKind, register_export, start_export
from portal.core.files import attach_file, register_purpose, store_file
from portal.core.imports import Column, ImportKind, register_import, start_import
from portal.core.jobs import run_job
from portal.core.models import Holiday
from portal.core.verdict import ALLOWED, forbidden
from portal.parties.models import Belt, CategoryMapping
from tests.routes import Arranged, Cast

PAGES = {
    "GET file_read": "visitor 302, owner 200, member 200, * 404",
    "GET export_list": "visitor 302, * 200",
    "POST export_list": "visitor 302, owner 302, member 302, * 403",
    "POST table_columns": "visitor 302, operator 302, administrator 302, * 403",
    "GET import_list": "visitor 302, * 200",
    "GET import_create": "visitor 302, owner 200, member 200, * 403",
    "POST import_create": "visitor 302, owner 200, member 200, * 403",  # an empty form comes back
    "GET import_template": "visitor 302, owner 200, member 200, * 403",
    "GET import_detail": "visitor 302, owner 200, member 200, * 404",
    "GET import_faults": "visitor 302, owner 200, member 200, * 404",
    "POST import_application": "visitor 302, owner 302, member 302, * 404",
    "POST import_discarding": "visitor 302, owner 302, member 302, * 404",
    "POST import_retry": "visitor 302, owner 409, member 409, * 404",
}
API = {
    "POST api-file-list": "visitor 401, * 415",  # JSON carries no file; see tests/core/files
    "POST api-import-list": "visitor 401, * 415",  # as above
    "GET api-import-list": "visitor 401, * 200",
    "GET api-import-detail": "visitor 401, owner 200, member 200, * 404",
    "POST api-import-application": "visitor 401, owner 200, member 200, * 404",
    "GET api-export-list": "visitor 401, * 200",
    "POST api-export-list": "visitor 401, owner 201, member 201, * 403",
    "GET api-export-detail": "visitor 401, owner 200, * 404",
    "GET api-file-detail": "visitor 401, owner 200, member 200, * 404",
    "DELETE api-file-detail": "visitor 401, owner 409, member 409, * 404",
}
SEEN_IN_ADMIN = {
    "core_storedfile": ("operator", "auditor"),
    "core_importrun": ("operator", "auditor"),
    "core_exportrun": ("operator", "auditor"),
}

EDITED = ("core_holiday", "parties_belt", "parties_categorymapping")


def reference_rows() -> Iterator[tuple[str, str]]:
    """Reference data is the operators'."""
    mine, nobody = "operator 200, administrator 200, staff 403, * 302", "staff 403, * 302"
    for model in EDITED:
        for view in ("changelist", "history", "change", "add"):
            yield f"GET admin:{model}_{view}", mine
        for view in ("change", "add"):
            yield f"POST admin:{model}_{view}", mine  # an empty form comes back
        for method in ("GET", "POST"):
            yield f"{method} admin:{model}_delete", nobody


ADMIN = dict(reference_rows())


def arrange(cast: Cast) -> Arranged:
    register_purpose("tests.routes", kinds=("csv",))
    owner = cast.owner.actor
    file = store_file(owner, upload=table(), purpose="tests.routes", party_id=owner.party_id)
    attach_file(owner, file=file)
    kind = ImportKind(
        name="tests.routes",
        title="Rows",
        columns=[Column("a", "a", required=True)],
        may=lambda actor: ALLOWED if actor.party_id == owner.party_id else forbidden("Not you."),
        apply=lambda actor, rows: len(rows),
    )
    register_import(kind)
    run = start_import(owner, kind=kind, upload=table())
    run_job(str(run.job_id))
    table_of = ExportKind(
        name="tests.routes",
        title="Rows",
        columns=["a"],
        may=kind.may,
        rows=lambda actor, params: [[1]],
    )
    register_export(table_of)
    taken = start_export(owner, kind=table_of, params={}, form="csv")
    mapping = CategoryMapping.objects.create(version="2026-01", old_code="a", new_code="b")
    one, that = {"pk": file.pk}, {"pk": run.pk}
    named = {"kind": kind.name}
    details = ("detail", "faults", "application", "discarding", "retry")
    return Arranged(
        kwargs={
            "file_read": one,
            "api-file-detail": one,
            "table_columns": {"name": "jobs"},
            "import_create": named,
            "import_template": named,
            "api-export-detail": {"pk": taken.pk},
            **{f"import_{name}": that for name in details},
            "api-import-detail": that,
            "api-import-application": that,
        },
        rows={
            "core_holiday": Holiday.objects.first(),
            "parties_belt": Belt.objects.first(),
            "parties_categorymapping": mapping,
            "core_storedfile": file,
            "core_importrun": run,
            "core_exportrun": taken,
        },
        bodies={
            "POST export_list": {"kind": kind.name, "format": "csv"},
            "POST api-export-list": {"kind": kind.name, "format": "csv"},
        },
    )


def table() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", b"a,b\n1,2\n")
