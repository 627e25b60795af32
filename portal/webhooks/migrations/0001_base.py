import django.contrib.postgres.fields
import django.db.models.deletion
import portal.core.database
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("webhooks", "0001_webhooks")]

    initial = True

    dependencies = [
        ("parties", "0002_base"),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        ("url", models.CharField(max_length=500, verbose_name="address")),
                        (
                            "events",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                size=None,
                                verbose_name="events",
                            ),
                        ),
                        ("secret_sealed", models.BinaryField()),
                        ("old_secret_sealed", models.BinaryField(null=True)),
                        (
                            "old_secret_until",
                            models.DateTimeField(null=True, verbose_name="old secret works until"),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("busy_until", models.DateTimeField(null=True)),
                        (
                            "failing_since",
                            models.DateTimeField(null=True, verbose_name="failing since"),
                        ),
                        (
                            "delivered_at",
                            models.DateTimeField(null=True, verbose_name="last delivered"),
                        ),
                        ("paused_at", models.DateTimeField(null=True, verbose_name="paused at")),
                        (
                            "pause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hand", "Paused by hand"),
                                    ("failing", "Paused after days of failures"),
                                    ("gone", "Paused: the receiver answered that it is gone"),
                                ],
                                max_length=8,
                                verbose_name="why paused",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "verbose_name_plural": "webhooks",
                        "permissions": [("pause_webhook", "Can pause webhooks of parties")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at", None), ("paused_at", None)),
                                fields=["party"],
                                name="webhook_live_of_party",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("events__len__gt", 0)),
                                name="webhook_of_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("pause", ""), ("paused_at", None)),
                                    models.Q(
                                        ("paused_at__isnull", False),
                                        models.Q(("pause", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="webhook_paused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("old_secret_sealed", None), ("old_secret_until", None)
                                    ),
                                    models.Q(
                                        ("old_secret_sealed__isnull", False),
                                        ("old_secret_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="webhook_old_secret_ends",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at", None),
                                    ("ended_at__gte", models.F("created_at")),
                                    _connector="OR",
                                ),
                                name="webhook_ends_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        ("type", models.CharField(max_length=60, verbose_name="type")),
                        ("data", models.JSONField(verbose_name="data")),
                        ("at", models.DateTimeField(verbose_name="at")),
                    ],
                    options={
                        "verbose_name": "webhook event",
                        "verbose_name_plural": "webhook events",
                        "indexes": [models.Index(fields=["at"], name="webhook_event_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="webhooks.webhook",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="webhooks.event",
                            ),
                        ),
                        (
                            "replays",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="webhooks.webhookdelivery",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Under way"),
                                    ("delivered", "Delivered"),
                                    ("failed", "Given up"),
                                ],
                                default="pending",
                                max_length=9,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("next_at", models.DateTimeField(null=True, verbose_name="next try")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                    ],
                    options={
                        "verbose_name": "webhook delivery",
                        "verbose_name_plural": "webhook deliveries",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "pending")),
                                fields=["next_at"],
                                name="webhook_delivery_due",
                            ),
                            models.Index(
                                fields=["webhook", "-created_at"], name="webhook_delivery_newest"
                            ),
                            models.Index(fields=["created_at"], name="webhook_delivery_by_time"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replays", None)),
                                fields=("webhook", "event"),
                                name="webhook_delivery_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at", None),
                                        ("next_at__isnull", False),
                                        ("state", "pending"),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("next_at", None),
                                        ("state__in", ["delivered", "failed"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="webhook_delivery_ends_or_goes_on",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="webhooks.webhookdelivery",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="try")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "status",
                            models.PositiveSmallIntegerField(null=True, verbose_name="answer"),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="body of the answer"
                            ),
                        ),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why there was no answer"
                            ),
                        ),
                        (
                            "milliseconds",
                            models.PositiveIntegerField(default=0, verbose_name="milliseconds"),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook attempt",
                        "verbose_name_plural": "webhook attempts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("delivery", "number"), name="webhook_attempt_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", None), models.Q(("problem", ""), _negated=True)
                                    ),
                                    models.Q(("problem", ""), ("status__isnull", False)),
                                    _connector="OR",
                                ),
                                name="webhook_attempt_answer_or_problem",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
