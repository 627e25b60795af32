import django.contrib.postgres.fields
import portal.core.database
import uuid
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
        ("core", "0001_roles"),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
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
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit entries",
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
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                    },
                ),
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
                ),
                migrations.CreateModel(
                    name="ImportFault",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("line", models.PositiveIntegerField()),
                        ("field", models.CharField(max_length=80)),
                        ("value", models.CharField(blank=True, max_length=100)),
                        ("sentence", models.CharField(max_length=300)),
                    ],
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
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
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
                    ],
                    options={
                        "verbose_name": "file",
                        "verbose_name_plural": "files",
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
                    ],
                ),
            ],
        ),
    ]
