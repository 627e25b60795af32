import django.db.models.deletion
import portal.core.database
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("core", "0002_initial"),
        ("core", "0003_append_only_audit_and_cache"),
        ("core", "0004_files"),
        ("core", "0005_imports"),
        ("core", "0006_exports"),
        ("core", "0007_holidays"),
        ("core", "0008_tables"),
        ("core", "0009_subject_keys"),
        ("core", "0010_key_party"),
        ("core", "0011_daily_uploads"),
    ]

    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("parties", "0002_base"),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
                migrations.AddField(
                    model_name="auditentry",
                    name="user",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exportquota",
                    constraint=models.UniqueConstraint(
                        fields=("day", "kind", "holder"), name="export_quota_once"
                    ),
                ),
                migrations.AddField(
                    model_name="exportrun",
                    name="created_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="idempotencykey",
                    constraint=models.UniqueConstraint(
                        fields=("credential", "key"), name="idempotency_key_once"
                    ),
                ),
                migrations.AddField(
                    model_name="importrun",
                    name="created_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                migrations.AddField(
                    model_name="importfault",
                    name="run",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faults",
                        to="core.importrun",
                    ),
                ),
                migrations.AddField(
                    model_name="job",
                    name="created_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                migrations.AddField(
                    model_name="importrun",
                    name="job",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.job",
                        verbose_name="job",
                    ),
                ),
                migrations.AddField(
                    model_name="exportrun",
                    name="job",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.job",
                        verbose_name="job",
                    ),
                ),
                migrations.AddIndex(
                    model_name="outboxmessage",
                    index=models.Index(
                        condition=models.Q(("delivered_at__isnull", True)),
                        fields=["due_at"],
                        name="outbox_waiting",
                    ),
                ),
                migrations.AddField(
                    model_name="storedfile",
                    name="uploaded_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                migrations.AddField(
                    model_name="importrun",
                    name="file",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                migrations.AddField(
                    model_name="exportrun",
                    name="file",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.storedfile",
                        verbose_name="file",
                    ),
                ),
                migrations.AddField(
                    model_name="tablechoice",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddIndex(
                    model_name="auditentry",
                    index=models.Index(
                        fields=["object_type", "object_id", "id"], name="audit_by_object"
                    ),
                ),
                migrations.AddIndex(
                    model_name="auditentry",
                    index=models.Index(fields=["at"], name="audit_by_time"),
                ),
                migrations.AddIndex(
                    model_name="importfault",
                    index=models.Index(fields=["run", "line"], name="import_fault_by_line"),
                ),
                migrations.AddIndex(
                    model_name="job",
                    index=models.Index(fields=["-created_at", "id"], name="job_newest"),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", False), ("state__in", ["done", "failed"])
                            ),
                            models.Q(
                                ("finished_at__isnull", True), ("state__in", ["queued", "running"])
                            ),
                            _connector="OR",
                        ),
                        name="job_finished_at_when_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("total", 0), ("done__lte", models.F("total")), _connector="OR"
                        ),
                        name="job_done_within_total",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("kind", "key"),
                        name="job_one_unfinished",
                    ),
                ),
                migrations.AddIndex(
                    model_name="storedfile",
                    index=models.Index(
                        condition=models.Q(
                            ("attached_at__isnull", True), ("deleted_at__isnull", True)
                        ),
                        fields=["uploaded_by", "created_at"],
                        name="file_loose",
                    ),
                ),
                migrations.AddIndex(
                    model_name="storedfile",
                    index=models.Index(fields=["party_id", "purpose"], name="file_of_party"),
                ),
                migrations.AddIndex(
                    model_name="storedfile",
                    index=models.Index(
                        fields=["uploaded_by", "created_at"], name="file_of_uploader"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="storedfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="file_is_not_empty"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="storedfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="file_has_its_hash",
                    ),
                ),
                migrations.AddIndex(
                    model_name="importrun",
                    index=models.Index(fields=["party_id", "-created_at"], name="import_of_party"),
                ),
                migrations.AddIndex(
                    model_name="importrun",
                    index=models.Index(
                        fields=["created_by", "-created_at"], name="import_of_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["applying", "done"])),
                        fields=("kind", "party_id", "sha256"),
                        name="import_a_file_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("finished_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="import_done_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("problem", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("bad__lte", models.F("total")), ("applied__lte", models.F("total"))
                        ),
                        name="import_counts",
                    ),
                ),
                migrations.AddIndex(
                    model_name="exportrun",
                    index=models.Index(
                        fields=["created_by", "-created_at"], name="export_of_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exportrun",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("file__isnull", True),
                                ("finished_at__isnull", True),
                                ("problem", ""),
                            ),
                            models.Q(
                                ("file__isnull", False),
                                ("finished_at__isnull", False),
                                ("problem", ""),
                            ),
                            models.Q(
                                ("file__isnull", True),
                                ("finished_at__isnull", False),
                                models.Q(("problem", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="export_ends_with_file_or_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tablechoice",
                    constraint=models.UniqueConstraint(
                        fields=("user", "table"), name="table_choice_once"
                    ),
                ),
            ],
        ),
    ]
