import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("parties", "0002_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Article",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("account", "Signing in and my account"),
                                    ("party", "Registering and verifying a party"),
                                    ("need", "Needs and proposals"),
                                    ("cooperation", "A cooperation"),
                                    ("rules", "Terms, privacy and moderation"),
                                    ("fault", "Something does not work"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("title_zh", models.CharField(max_length=80, verbose_name="Chinese title")),
                        ("title_en", models.CharField(max_length=80, verbose_name="English title")),
                        ("text_zh", models.TextField(max_length=3000, verbose_name="Chinese text")),
                        ("text_en", models.TextField(max_length=3000, verbose_name="English text")),
                        ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                    ],
                    options={
                        "verbose_name": "help article",
                        "verbose_name_plural": "help articles",
                        "ordering": ("topic", "position", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CannedAnswer",
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
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("account", "Signing in and my account"),
                                    ("party", "Registering and verifying a party"),
                                    ("need", "Needs and proposals"),
                                    ("cooperation", "A cooperation"),
                                    ("rules", "Terms, privacy and moderation"),
                                    ("fault", "Something does not work"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(max_length=60, unique=True, verbose_name="title"),
                        ),
                        ("text_zh", models.TextField(max_length=3000, verbose_name="Chinese text")),
                        ("text_en", models.TextField(max_length=3000, verbose_name="English text")),
                    ],
                    options={
                        "verbose_name": "canned answer",
                        "verbose_name_plural": "canned answers",
                        "ordering": ("topic", "title"),
                    },
                ),
                migrations.CreateModel(
                    name="Ticket",
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
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("account", "Signing in and my account"),
                                    ("party", "Registering and verifying a party"),
                                    ("need", "Needs and proposals"),
                                    ("cooperation", "A cooperation"),
                                    ("rules", "Terms, privacy and moderation"),
                                    ("fault", "Something does not work"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                                verbose_name="topic",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("answered", "Answered"),
                                    ("waiting", "Waiting for the asker"),
                                    ("resolved", "Resolved"),
                                    ("reopened", "Opened again"),
                                    ("closed", "Closed"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "priority",
                            models.CharField(
                                choices=[("high", "High"), ("normal", "Normal"), ("low", "Low")],
                                default="normal",
                                max_length=6,
                                verbose_name="priority",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="phone"),
                        ),
                        ("language", models.CharField(max_length=8, verbose_name="language")),
                        (
                            "page",
                            models.CharField(blank=True, max_length=200, verbose_name="asked from"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("changed_at", models.DateTimeField(verbose_name="changed at")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="answer due")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="resolved at")),
                        (
                            "rating",
                            models.PositiveSmallIntegerField(null=True, verbose_name="rating"),
                        ),
                        (
                            "rating_note",
                            models.CharField(blank=True, max_length=300, verbose_name="in words"),
                        ),
                        (
                            "asker",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tickets",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ticket",
                        "verbose_name_plural": "tickets",
                        "permissions": [("answer_ticket", "Can answer questions to the platform")],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "side",
                            models.CharField(
                                choices=[("asker", "Asker"), ("operator", "Operator")], max_length=8
                            ),
                        ),
                        ("text", models.TextField(max_length=3000, verbose_name="text")),
                        (
                            "is_internal",
                            models.BooleanField(default=False, verbose_name="internal note"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="written by",
                            ),
                        ),
                        (
                            "picture",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="picture",
                            ),
                        ),
                        (
                            "ticket",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="help.ticket",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="ticket",
                    index=models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="ticket_queue",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ticket",
                    index=models.Index(fields=["asker", "-id"], name="ticket_of_asker"),
                ),
                migrations.AddIndex(
                    model_name="ticket",
                    index=models.Index(fields=["party", "-id"], name="ticket_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="ticket",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_at__isnull", False), ("status__in", ["open", "reopened"])
                            ),
                            models.Q(
                                ("due_at__isnull", True),
                                ("status__in", ["answered", "waiting", "resolved", "closed"]),
                            ),
                            _connector="OR",
                        ),
                        name="ticket_due_while_ours",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ticket",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False), ("status__in", ["resolved", "closed"])
                            ),
                            models.Q(
                                models.Q(("status__in", ["resolved", "closed"]), _negated=True),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ticket_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ticket",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("asker__isnull", False),
                            models.Q(("email", ""), _negated=True),
                            models.Q(("phone", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ticket_asker_can_be_reached",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ticket",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("rating", None),
                            models.Q(("rating__gte", 1), ("rating__lte", 5)),
                            _connector="OR",
                        ),
                        name="ticket_rating_in_stars",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(fields=["ticket", "id"], name="message_of_ticket"),
                ),
                migrations.AddConstraint(
                    model_name="message",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_internal", False), ("side", "operator"), _connector="OR"
                        ),
                        name="message_notes_are_operators",
                    ),
                ),
            ]
        ),
    ]
