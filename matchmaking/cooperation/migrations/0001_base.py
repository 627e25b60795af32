import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_base"),
        ("parties", "0002_base"),
        ("revenue", "0001_base"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Cooperation",
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
                            "door",
                            models.CharField(
                                choices=[
                                    ("need", "Service need"),
                                    ("direct", "Direct proposal"),
                                    ("package", "Packaged service"),
                                    ("invitation", "Direct invitation"),
                                    ("introduction", "Introduction by a broker"),
                                    ("recruiting", "Recruiting post"),
                                    ("fair", "Fair meeting"),
                                    ("content", "Content order"),
                                ],
                                max_length=12,
                                verbose_name="door",
                            ),
                        ),
                        ("door_ref", models.CharField(max_length=36, verbose_name="door's record")),
                        (
                            "door_source",
                            models.CharField(
                                blank=True, max_length=36, verbose_name="door's source"
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        ("scope", models.TextField(verbose_name="scope")),
                        (
                            "accepts_remote",
                            models.BooleanField(default=True, verbose_name="remote work is fine"),
                        ),
                        ("team", models.CharField(blank=True, max_length=200, verbose_name="team")),
                        (
                            "gmv_target_fen",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="GMV target"
                            ),
                        ),
                        (
                            "monthly_fee_fen",
                            models.BigIntegerField(verbose_name="fixed fee a month"),
                        ),
                        (
                            "share_bp",
                            models.PositiveIntegerField(verbose_name="share of settled net GMV"),
                        ),
                        (
                            "ladder",
                            models.JSONField(blank=True, default=list, verbose_name="ladder"),
                        ),
                        (
                            "is_guarantee",
                            models.BooleanField(
                                default=False, verbose_name="the fee is a guarantee"
                            ),
                        ),
                        (
                            "refund_ladder",
                            models.JSONField(
                                blank=True, default=list, verbose_name="refund ladder"
                            ),
                        ),
                        (
                            "settlement_base",
                            models.CharField(
                                choices=[
                                    ("settled_net", "Settled, less refunds"),
                                    ("settled_gross", "Settled, before refunds"),
                                    ("paid", "Paid"),
                                ],
                                default="settled_net",
                                max_length=13,
                                verbose_name="computed of",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends before")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Being proposed"),
                                    ("countered", "Other terms proposed"),
                                    ("lapsed", "Came to nothing"),
                                    ("accepted", "Agreed"),
                                    ("active", "Running"),
                                    ("paused", "Paused"),
                                    ("ended", "Ended"),
                                    ("terminated", "Terminated"),
                                    ("settled", "Settled"),
                                ],
                                default="accepted",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(null=True, verbose_name="agreed at")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="days of notice"
                            ),
                        ),
                        (
                            "service_level",
                            models.TextField(blank=True, verbose_name="service level"),
                        ),
                        (
                            "payment_day",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="fee is paid until this day of the month"
                            ),
                        ),
                        ("began_at", models.DateTimeField(null=True, verbose_name="began at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "agreement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperation",
                                to="revenue.agreement",
                                verbose_name="paper",
                            ),
                        ),
                        (
                            "categories",
                            models.ManyToManyField(
                                to="parties.category", verbose_name="categories"
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.city",
                                verbose_name="city of the work",
                            ),
                        ),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations_bought",
                                to="parties.party",
                                verbose_name="merchant",
                            ),
                        ),
                        (
                            "provider",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cooperations_sold",
                                to="parties.party",
                                verbose_name="provider",
                            ),
                        ),
                        (
                            "services",
                            models.ManyToManyField(
                                to="parties.servicetype", verbose_name="services"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cooperation",
                        "verbose_name_plural": "cooperations",
                    },
                ),
                migrations.CreateModel(
                    name="Closing",
                    fields=[
                        (
                            "cooperation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="closing",
                                serialize=False,
                                to="cooperation.cooperation",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("lines", models.PositiveIntegerField(verbose_name="order lines")),
                        ("paid_fen", models.BigIntegerField(verbose_name="paid")),
                        (
                            "settled_fen",
                            models.BigIntegerField(verbose_name="settled before refunds"),
                        ),
                        ("net_fen", models.BigIntegerField(verbose_name="settled, less refunds")),
                        (
                            "by_lines_fen",
                            models.BigIntegerField(verbose_name="shares of order lines"),
                        ),
                        ("fees_fen", models.BigIntegerField(verbose_name="fees")),
                        ("priced_fen", models.BigIntegerField(verbose_name="by the price")),
                        ("refund_fen", models.BigIntegerField(verbose_name="goes back")),
                        (
                            "attained_bp",
                            models.PositiveIntegerField(null=True, verbose_name="of the target"),
                        ),
                    ],
                    options={
                        "verbose_name": "closing of a cooperation",
                        "verbose_name_plural": "closings of cooperations",
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="why")),
                        ("before", models.JSONField()),
                        ("after", models.JSONField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for the other side"),
                                    ("accepted", "Accepted"),
                                    ("countered", "Answered with other terms"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="answer due")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "answered_party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="revenue.agreementversion",
                                verbose_name="version of the paper",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "amendment",
                        "verbose_name_plural": "amendments",
                    },
                ),
                migrations.CreateModel(
                    name="Completion",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "completion",
                        "verbose_name_plural": "completions",
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("not_done", "What was agreed was not done"),
                                    ("quality", "It was done badly"),
                                    ("faked", "Orders were faked"),
                                    ("not_paid", "What was agreed was not paid"),
                                    ("terms", "The terms are read differently"),
                                    ("other", "Something else"),
                                ],
                                max_length=10,
                                verbose_name="about",
                            ),
                        ),
                        ("wanted_bp", models.PositiveSmallIntegerField(verbose_name="asked back")),
                        ("first_day", models.DateField(verbose_name="orders from")),
                        ("last_day", models.DateField(verbose_name="orders until")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Waiting for the other side's answer"),
                                    ("answered", "Waiting for the decision"),
                                    ("decided", "Decided; either side may appeal"),
                                    ("appealed", "Waiting for the second look"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("due_at", models.DateTimeField(verbose_name="deadline")),
                        (
                            "returned_bp",
                            models.PositiveSmallIntegerField(null=True, verbose_name="goes back"),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "decision",
                            models.TextField(blank=True, max_length=1000, verbose_name="decision"),
                        ),
                        (
                            "second_decision",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="second decision"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        (
                            "appealed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="appealed by",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="opened by",
                            ),
                        ),
                        (
                            "second_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked at again by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dispute",
                        "verbose_name_plural": "disputes",
                        "permissions": [("decide_dispute", "Can decide disputes of cooperations")],
                    },
                ),
                migrations.CreateModel(
                    name="Ending",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("results", "The results fell short"),
                                    ("cost", "The cost is too high"),
                                    ("duties", "Obligations were not kept"),
                                    ("plans", "Our plans have changed"),
                                    ("breach", "For cause: the agreement was broken"),
                                    ("other", "Something else"),
                                ],
                                max_length=8,
                                verbose_name="reason",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="in words")),
                        ("effective_on", models.DateField(verbose_name="ends on")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "evidence",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ending",
                        "verbose_name_plural": "endings",
                    },
                ),
                migrations.CreateModel(
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        (
                            "detail",
                            models.TextField(blank=True, max_length=1000, verbose_name="detail"),
                        ),
                        ("due_on", models.DateField(verbose_name="due on")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waiting to be taken on"),
                                    ("open", "To be done"),
                                    ("done", "Done, to be confirmed"),
                                    ("confirmed", "Confirmed"),
                                    ("declined", "Declined"),
                                    ("waived", "Waived"),
                                ],
                                default="open",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("done_at", models.DateTimeField(null=True, verbose_name="done at")),
                        (
                            "done_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what was done"
                            ),
                        ),
                        (
                            "returned_note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why it came back"
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "owed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="owed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "obligation",
                        "verbose_name_plural": "obligations",
                    },
                ),
                migrations.CreateModel(
                    name="ObligationReminder",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("soon", "Due soon"),
                                    ("today", "Due today"),
                                    ("late", "Late"),
                                    ("still_late", "Late for a week"),
                                    ("confirm", "Waiting to be confirmed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                        (
                            "obligation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="cooperation.obligation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="taken back at"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("until", models.DateField(verbose_name="until")),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pause",
                        "verbose_name_plural": "pauses",
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("result", models.PositiveSmallIntegerField(verbose_name="result")),
                        (
                            "communication",
                            models.PositiveSmallIntegerField(verbose_name="communication"),
                        ),
                        (
                            "reliability",
                            models.PositiveSmallIntegerField(verbose_name="reliability"),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=600, verbose_name="in words"),
                        ),
                        (
                            "text_held",
                            models.BooleanField(default=False, verbose_name="held for a look"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="shown since"),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=600, verbose_name="answer"),
                        ),
                        (
                            "answer_held",
                            models.BooleanField(
                                default=False, verbose_name="answer held for a look"
                            ),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews_received",
                                to="parties.party",
                                verbose_name="about",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews_given",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="cooperation.cooperation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.TextField(max_length=2000, verbose_name="in words")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="cooperation.dispute",
                            ),
                        ),
                        (
                            "evidence",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement in a dispute",
                        "verbose_name_plural": "statements in disputes",
                    },
                ),
                migrations.CreateModel(
                    name="Version",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("content", models.JSONField(verbose_name="content")),
                        (
                            "digest",
                            models.CharField(max_length=64, unique=True, verbose_name="SHA-256"),
                        ),
                        (
                            "accepted_side",
                            models.CharField(
                                choices=[("merchant", "Merchant"), ("provider", "Hired side")],
                                max_length=8,
                                verbose_name="accepted by",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="accepted at")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "amendment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="cooperation.amendment",
                            ),
                        ),
                        (
                            "cooperation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="cooperation.cooperation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a cooperation",
                        "verbose_name_plural": "versions of cooperations",
                    },
                ),
                migrations.CreateModel(
                    name="AgreementTemplate",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        (
                            "scope",
                            models.TextField(blank=True, max_length=2000, verbose_name="scope"),
                        ),
                        (
                            "service_level",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="service level"
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=30,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="days of notice",
                            ),
                        ),
                        (
                            "payment_day",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(28),
                                ],
                                verbose_name="fee is paid until this day of the month",
                            ),
                        ),
                        (
                            "duties",
                            models.JSONField(blank=True, default=list, verbose_name="obligations"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
                        (
                            "changed_at",
                            models.DateTimeField(editable=False, verbose_name="changed at"),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_templates",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agreement template",
                        "verbose_name_plural": "agreement templates",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("party", "name"),
                                name="agreement_template_name",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="agreement_template_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("notice_days__range", (1, 180))),
                                name="agreement_template_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("payment_day", None),
                                    ("payment_day__range", (1, 28)),
                                    _connector="OR",
                                ),
                                name="agreement_template_payment_day",
                            ),
                        ],
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(
                        condition=models.Q(("status", "accepted")),
                        fields=["starts_on"],
                        name="cooperation_to_begin",
                    ),
                ),
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(
                        condition=models.Q(("status__in", ["active", "paused"])),
                        fields=["ends_on"],
                        name="cooperation_to_end",
                    ),
                ),
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(fields=["merchant", "-id"], name="cooperation_of_merchant"),
                ),
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(fields=["provider", "-id"], name="cooperation_of_provider"),
                ),
                migrations.AddIndex(
                    model_name="cooperation",
                    index=models.Index(fields=["door", "door_source"], name="cooperation_of_door"),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.UniqueConstraint(
                        fields=("door", "door_ref"), name="cooperation_once_per_door"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "door__in",
                                [
                                    "need",
                                    "direct",
                                    "package",
                                    "invitation",
                                    "introduction",
                                    "recruiting",
                                    "fair",
                                    "content",
                                ],
                            ),
                            models.Q(("door_ref", ""), _negated=True),
                        ),
                        name="cooperation_door",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="cooperation_term",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("merchant", models.F("provider")), _negated=True),
                        name="cooperation_two_sides",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("monthly_fee_fen__gte", 0),
                            ("share_bp__gte", 0),
                            ("share_bp__lte", 10000),
                            models.Q(
                                ("monthly_fee_fen__gt", 0), ("share_bp__gt", 0), _connector="OR"
                            ),
                        ),
                        name="cooperation_price",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_guarantee", False),
                            models.Q(("monthly_fee_fen__gt", 0), ("share_bp__gt", 0)),
                            _connector="OR",
                        ),
                        name="cooperation_guarantee_has_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("began_at", None), ("ended_at", None), ("status", "accepted")
                            ),
                            models.Q(
                                ("began_at__isnull", False),
                                ("ended_at", None),
                                ("status__in", ["active", "paused"]),
                            ),
                            models.Q(
                                ("began_at__isnull", False),
                                ("ended_at__isnull", False),
                                ("status", "ended"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("status__in", ["terminated", "settled"]),
                            ),
                            models.Q(
                                ("began_at", None),
                                ("ended_at", None),
                                ("status__in", ["proposed", "countered", "lapsed"]),
                            ),
                            _connector="OR",
                        ),
                        name="cooperation_status_has_its_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("payment_day", None), ("payment_day__range", (1, 28)), _connector="OR"
                        ),
                        name="cooperation_payment_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cooperation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_at", None),
                                ("status__in", ["proposed", "countered", "lapsed"]),
                                ("version", 0),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["proposed", "countered", "lapsed"]),
                                    _negated=True,
                                ),
                                ("agreed_at__isnull", False),
                                ("version__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="cooperation_version",
                    ),
                ),
                migrations.AddIndex(
                    model_name="amendment",
                    index=models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["expires_at"],
                        name="amendment_to_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("cooperation",),
                        name="amendment_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "accepted")),
                        fields=("cooperation", "number"),
                        name="amendment_one_a_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True),
                        name="amendment_changes_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_party__isnull", False),
                                ("status__in", ["accepted", "countered", "declined"]),
                                models.Q(("answered_party", models.F("party")), _negated=True),
                            ),
                            models.Q(
                                ("answered_party", None),
                                ("status__in", ["open", "withdrawn", "expired"]),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_accepted_by_the_other",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_answered_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="completion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("cooperation", "party"),
                        name="completion_once_a_side",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dispute",
                    index=models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["due_at"],
                        name="dispute_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("cooperation",),
                        name="dispute_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="dispute_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("wanted_bp__lte", 10000),
                            models.Q(
                                ("returned_bp", None), ("returned_bp__lte", 10000), _connector="OR"
                            ),
                        ),
                        name="dispute_shares",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("status__in", ["closed", "withdrawn"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["closed", "withdrawn"]), _negated=True),
                                ("closed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_closed_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by", None),
                                ("status__in", ["open", "answered", "withdrawn"]),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("returned_bp__isnull", False),
                                ("status__in", ["decided", "appealed", "closed"]),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_decided_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("second_by", None),
                            models.Q(
                                ("appealed_by__isnull", False),
                                models.Q(("second_by", models.F("decided_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_second_look_is_anothers",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ending",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("cooperation",),
                        name="ending_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="ending_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "breach"), _negated=True),
                            ("evidence__isnull", False),
                            _connector="OR",
                        ),
                        name="ending_for_cause_is_shown",
                    ),
                ),
                migrations.AddIndex(
                    model_name="obligation",
                    index=models.Index(
                        fields=["cooperation", "due_on"], name="obligation_of_cooperation"
                    ),
                ),
                migrations.AddIndex(
                    model_name="obligation",
                    index=models.Index(
                        condition=models.Q(("status__in", ["asked", "open", "done"])),
                        fields=["due_on"],
                        name="obligation_unsettled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="obligation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at", None),
                                ("settled_at", None),
                                ("status__in", ["asked", "open"]),
                            ),
                            models.Q(
                                ("done_at__isnull", False), ("settled_at", None), ("status", "done")
                            ),
                            models.Q(
                                ("done_at__isnull", False),
                                ("settled_at__isnull", False),
                                ("status", "confirmed"),
                            ),
                            models.Q(
                                ("done_at", None),
                                ("settled_at__isnull", False),
                                ("status__in", ["declined", "waived"]),
                            ),
                            _connector="OR",
                        ),
                        name="obligation_status_has_its_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="obligationreminder",
                    constraint=models.UniqueConstraint(
                        fields=("obligation", "kind"), name="obligation_reminder_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("cooperation",),
                        name="pause_one_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="pause_says_why"
                    ),
                ),
                migrations.AddIndex(
                    model_name="review",
                    index=models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["about", "-published_at"],
                        name="review_of_party",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.UniqueConstraint(
                        fields=("cooperation", "by"), name="review_once_a_side"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("by", models.F("about")), _negated=True),
                        name="review_of_the_other",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("communication__range", (1, 5)),
                            ("reliability__range", (1, 5)),
                            ("result__range", (1, 5)),
                        ),
                        name="review_in_stars",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="review",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("published_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_answered_once_shown",
                    ),
                ),
                migrations.AddIndex(
                    model_name="statement",
                    index=models.Index(fields=["dispute", "at"], name="statement_of_dispute"),
                ),
                migrations.AddConstraint(
                    model_name="statement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="statement_says_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.UniqueConstraint(
                        fields=("cooperation", "number"), name="version_once_a_cooperation"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("amendment__isnull", False), ("number__gt", 1)),
                            _connector="OR",
                        ),
                        name="version_has_its_amendment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="version",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="version_digest",
                    ),
                ),
            ]
        ),
    ]
