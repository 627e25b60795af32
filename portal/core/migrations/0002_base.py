import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Holiday",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="day")),
                        ("is_workday", models.BooleanField(default=False, verbose_name="worked")),
                        ("name_zh", models.CharField(max_length=40, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                    ],
                    options={
                        "verbose_name": "holiday",
                        "verbose_name_plural": "holidays",
                        "ordering": ["-day"],
                    },
                ),
                migrations.CreateModel(
                    name="SubjectKey",
                    fields=[
                        (
                            "subject",
                            models.CharField(max_length=40, primary_key=True, serialize=False),
                        ),
                        ("key", models.CharField(max_length=64)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "key of a subject",
                        "verbose_name_plural": "keys of subjects",
                    },
                ),
                migrations.CreateModel(
                    name="ExportQuota",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        ("kind", models.CharField(max_length=60)),
                        ("holder", models.CharField(max_length=40)),
                        ("rows", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "kind", "holder"), name="export_quota_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("credential", models.CharField(max_length=80)),
                        ("key", models.CharField(max_length=200)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("answer", models.JSONField()),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("credential", "key"), name="idempotency_key_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("kind", models.CharField(max_length=80, verbose_name="kind")),
                        ("key", models.CharField(blank=True, max_length=80)),
                        ("args", models.JSONField(default=dict, verbose_name="arguments")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                ],
                                default="queued",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("done", models.PositiveBigIntegerField(default=0, verbose_name="done")),
                        ("total", models.PositiveBigIntegerField(default=0, verbose_name="total")),
                        ("step", models.CharField(blank=True, max_length=200, verbose_name="step")),
                        ("checkpoint", models.JSONField(default=dict)),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("holder", models.CharField(blank=True, max_length=64)),
                        ("lease_until", models.DateTimeField()),
                        ("error", models.TextField(blank=True, verbose_name="error")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "finished_at",
                            models.DateTimeField(null=True, verbose_name="finished at"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="started by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "job",
                        "verbose_name_plural": "jobs",
                        "permissions": [("run_job", "Can start and retry jobs")],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("task", models.CharField(max_length=120, verbose_name="task")),
                        ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                        ("payload", models.JSONField(default=dict, verbose_name="payload")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("due_at", models.DateTimeField(verbose_name="due at")),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                        ),
                        ("error", models.TextField(blank=True, verbose_name="error")),
                        (
                            "delivered_at",
                            models.DateTimeField(null=True, verbose_name="delivered at"),
                        ),
                    ],
                    options={
                        "verbose_name": "outbox message",
                        "verbose_name_plural": "outbox messages",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("delivered_at__isnull", True)),
                                fields=["due_at"],
                                name="outbox_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("purpose", models.CharField(max_length=60, verbose_name="purpose")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        ("name", models.CharField(max_length=120, verbose_name="file name")),
                        (
                            "content_type",
                            models.CharField(max_length=100, verbose_name="content type"),
                        ),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("path", models.CharField(max_length=100, unique=True)),
                        (
                            "is_personal",
                            models.BooleanField(default=False, verbose_name="personal"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "attached_at",
                            models.DateTimeField(null=True, verbose_name="attached at"),
                        ),
                        ("deleted_at", models.DateTimeField(null=True, verbose_name="deleted at")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file",
                        "verbose_name_plural": "files",
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checking", "Being checked"),
                                    ("refused", "Not readable"),
                                    ("checked", "Checked"),
                                    ("applying", "Being imported"),
                                    ("done", "Imported"),
                                    ("discarded", "Discarded"),
                                ],
                                default="checking",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "problem",
                            models.TextField(
                                blank=True, verbose_name="what is wrong with the file"
                            ),
                        ),
                        (
                            "ignored",
                            models.JSONField(default=list, verbose_name="columns left aside"),
                        ),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                        (
                            "bad",
                            models.PositiveIntegerField(default=0, verbose_name="rows with faults"),
                        ),
                        (
                            "applied",
                            models.PositiveIntegerField(default=0, verbose_name="rows imported"),
                        ),
                        (
                            "written",
                            models.PositiveIntegerField(default=0, verbose_name="entries written"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "finished_at",
                            models.DateTimeField(null=True, verbose_name="finished at"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="started by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.job",
                                verbose_name="job",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.storedfile",
                                verbose_name="file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                    },
                ),
                migrations.CreateModel(
                    name="ExportRun",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        (
                            "form",
                            models.CharField(
                                choices=[("csv", "CSV"), ("xlsx", "XLSX")],
                                max_length=4,
                                verbose_name="format",
                            ),
                        ),
                        ("params", models.JSONField(default=dict, verbose_name="what was asked")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why there is no file"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "finished_at",
                            models.DateTimeField(null=True, verbose_name="finished at"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="started by",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.job",
                                verbose_name="job",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.storedfile",
                                verbose_name="file",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                    },
                ),
                migrations.CreateModel(
                    name="TableChoice",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("table", models.CharField(max_length=60)),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), size=None
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("party_id", models.BigIntegerField(null=True, verbose_name="party")),
                        ("role", models.CharField(max_length=16, verbose_name="role")),
                        ("via", models.CharField(max_length=16, verbose_name="via")),
                        (
                            "key_party_id",
                            models.BigIntegerField(null=True, verbose_name="key of party"),
                        ),
                        ("verb", models.CharField(max_length=64, verbose_name="verb")),
                        (
                            "object_type",
                            models.CharField(max_length=64, verbose_name="object type"),
                        ),
                        ("object_id", models.CharField(max_length=64, verbose_name="object")),
                        ("before", models.JSONField(default=dict, verbose_name="before")),
                        ("after", models.JSONField(default=dict, verbose_name="after")),
                        ("why", models.TextField(blank=True, verbose_name="why")),
                        (
                            "request_id",
                            models.CharField(blank=True, max_length=36, verbose_name="request"),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit entries",
                        "indexes": [
                            models.Index(
                                fields=["object_type", "object_id", "id"], name="audit_by_object"
                            ),
                            models.Index(fields=["at"], name="audit_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportFault",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("line", models.PositiveIntegerField()),
                        ("field", models.CharField(max_length=80)),
                        ("value", models.CharField(blank=True, max_length=100)),
                        ("sentence", models.CharField(max_length=300)),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="faults",
                                to="core.importrun",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["run", "line"], name="import_fault_by_line")
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
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
            ]
        ),
    ]
