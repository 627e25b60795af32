import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_base"),
        ("parties", "0001_person"),
    ]

    operations = [
        BtreeGistExtension(),  # exclusion of overlapping periods
        Together(
            [
                migrations.CreateModel(
                    name="Party",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="short name")),
                        (
                            "legal_name",
                            models.CharField(max_length=80, verbose_name="registered name"),
                        ),
                        (
                            "uscc",
                            models.CharField(
                                blank=True, max_length=18, verbose_name="unified social credit code"
                            ),
                        ),
                        (
                            "wanted_name",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="name held for a look"
                            ),
                        ),
                        ("logo", models.UUIDField(null=True, verbose_name="logo shown")),
                        (
                            "intro",
                            models.TextField(
                                blank=True, max_length=600, verbose_name="introduction"
                            ),
                        ),
                        (
                            "intro_held",
                            models.BooleanField(
                                default=False, verbose_name="introduction held for a look"
                            ),
                        ),
                        (
                            "contact_name",
                            models.CharField(max_length=40, verbose_name="contact person"),
                        ),
                        (
                            "contact_phone",
                            models.CharField(max_length=20, verbose_name="contact phone"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Under review"),
                                    ("need_info", "Information needed"),
                                    ("refused", "Refused"),
                                    ("verified", "Verified"),
                                    ("listed", "Listed"),
                                    ("hidden", "Hidden"),
                                    ("suspended", "Suspended"),
                                    ("closed", "Closed"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "status_note",
                            models.TextField(blank=True, verbose_name="what the reviewer said"),
                        ),
                        (
                            "taken_from",
                            models.CharField(blank=True, max_length=60, verbose_name="taken from"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "submitted_at",
                            models.DateTimeField(null=True, verbose_name="submitted at"),
                        ),
                        (
                            "verified_at",
                            models.DateTimeField(null=True, verbose_name="verified at"),
                        ),
                        ("updated_at", models.DateTimeField(verbose_name="updated at")),
                        (
                            "merged_into",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absorbed",
                                to="parties.party",
                                verbose_name="merged into",
                            ),
                        ),
                        (
                            "sandbox_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sandboxes",
                                to="parties.party",
                                verbose_name="sandbox of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "party",
                        "verbose_name_plural": "parties",
                        "permissions": [
                            ("review_party", "Can approve or return applications"),
                            ("merge_party", "Can make one party of two"),
                            ("import_party", "Can take in parties from public data"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="City",
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
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "region",
                            models.CharField(
                                choices=[
                                    ("east", "East China"),
                                    ("south", "South China"),
                                    ("central", "Central China"),
                                    ("north", "North China"),
                                    ("southwest", "Southwest China"),
                                    ("northwest", "Northwest China"),
                                    ("northeast", "Northeast China"),
                                ],
                                max_length=12,
                                verbose_name="region",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city",
                        "verbose_name_plural": "cities",
                        "ordering": ["position", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DocumentKind",
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
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "family",
                            models.CharField(
                                choices=[
                                    ("identity", "Identity and brand"),
                                    ("permit", "Permit of a category"),
                                ],
                                max_length=8,
                                verbose_name="family",
                            ),
                        ),
                        (
                            "why_zh",
                            models.CharField(max_length=200, verbose_name="why, in Chinese"),
                        ),
                        (
                            "why_en",
                            models.CharField(max_length=300, verbose_name="why, in English"),
                        ),
                        (
                            "must_expire",
                            models.BooleanField(
                                default=False, verbose_name="always has a last day"
                            ),
                        ),
                        (
                            "is_personal",
                            models.BooleanField(default=False, verbose_name="shows a person"),
                        ),
                        (
                            "is_chain",
                            models.BooleanField(
                                default=False, verbose_name="comes in links, from one to the next"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kind of document",
                        "verbose_name_plural": "kinds of documents",
                        "ordering": ["position", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("owner", "Owner"),
                                    ("manager", "Manager"),
                                    ("finance", "Finance"),
                                    ("member", "Member"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "role_since",
                            models.DateTimeField(null=True, verbose_name="in this role since"),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                    },
                ),
                migrations.CreateModel(
                    name="ServiceType",
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
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "service type",
                        "verbose_name_plural": "service types",
                        "ordering": ["position", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AccountTerm",
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
                        ("starts_on", models.DateField(unique=True, verbose_name="from")),
                        (
                            "code_days",
                            models.PositiveSmallIntegerField(verbose_name="days to place a code"),
                        ),
                        (
                            "proof_days",
                            models.PositiveSmallIntegerField(verbose_name="days a proof lasts"),
                        ),
                        (
                            "hold_hours",
                            models.PositiveSmallIntegerField(
                                verbose_name="hours nothing is paid after a change of account"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "term of accounts",
                        "verbose_name_plural": "terms of accounts",
                        "ordering": ("-starts_on",),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("code_days__range", (1, 30)),
                                    ("hold_hours__range", (24, 72)),
                                    ("proof_days__range", (30, 730)),
                                ),
                                name="account_term_in_bounds",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reach",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reach",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        ("followers", models.BigIntegerField(null=True)),
                        ("shopping_followers", models.BigIntegerField(null=True)),
                        ("average_price_fen", models.BigIntegerField(null=True)),
                        (
                            "goods_bp",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveIntegerField(), null=True, size=None
                            ),
                        ),
                        ("published_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="RealName",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="real_name",
                                serialize=False,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "party_kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="real name")),
                        ("number_sealed", models.BinaryField()),
                        ("number_print", models.CharField(max_length=64)),
                        ("last4", models.CharField(max_length=4, verbose_name="last four")),
                        ("given_at", models.DateTimeField(verbose_name="given at")),
                        (
                            "verified_at",
                            models.DateTimeField(null=True, verbose_name="verified at"),
                        ),
                    ],
                    options={
                        "verbose_name": "real name",
                        "verbose_name_plural": "real names",
                    },
                ),
                migrations.CreateModel(
                    name="Standing",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="standing",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        ("score", models.IntegerField()),
                        ("published_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiKey",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        (
                            "prefix",
                            models.CharField(
                                max_length=16, unique=True, verbose_name="begins with"
                            ),
                        ),
                        ("key_hash", models.CharField(max_length=64)),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("party:read", "read the party"),
                                        ("party:write", "change the party"),
                                        ("trade:read", "read needs, proposals and cooperations"),
                                        (
                                            "trade:write",
                                            "write needs and proposals, accept and decline",
                                        ),
                                        ("orders:read", "read sales orders"),
                                        ("orders:write", "bring in events of sales orders"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="scopes",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="last used")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API key",
                        "verbose_name_plural": "API keys",
                        "permissions": [("revoke_apikey", "Can revoke keys of parties")],
                    },
                ),
                migrations.CreateModel(
                    name="Category",
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
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="parent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "category",
                        "verbose_name_plural": "categories",
                        "ordering": ["position", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CategoryMapping",
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
                            "version",
                            models.CharField(
                                max_length=7,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[0-9]{4}-(0[1-9]|1[0-2])$",
                                        "Write a year and month, such as 2026-06.",
                                    )
                                ],
                                verbose_name="version",
                            ),
                        ),
                        ("old_code", models.SlugField(max_length=40, verbose_name="old code")),
                        ("new_code", models.SlugField(max_length=40, verbose_name="new code")),
                    ],
                    options={
                        "verbose_name": "category mapping",
                        "verbose_name_plural": "category mappings",
                        "ordering": ["-version", "old_code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "old_code"),
                                name="category_mapped_once_in_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("old_code", models.F("new_code")), _negated=True
                                ),
                                name="category_maps_to_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("version__regex", "^[0-9]{4}-(0[1-9]|1[0-2])$")
                                ),
                                name="category_mapping_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Belt",
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
                        ("name_zh", models.CharField(max_length=60, verbose_name="Chinese name")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "region",
                            models.CharField(
                                choices=[
                                    ("east", "East China"),
                                    ("south", "South China"),
                                    ("central", "Central China"),
                                    ("north", "North China"),
                                    ("southwest", "Southwest China"),
                                    ("northwest", "Northwest China"),
                                    ("northeast", "Northeast China"),
                                ],
                                max_length=12,
                                verbose_name="region",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "industry belt",
                        "verbose_name_plural": "industry belts",
                        "ordering": ["position", "id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CityYear",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "tier",
                            models.CharField(
                                choices=[
                                    ("first", "First tier"),
                                    ("new_first", "New first tier"),
                                    ("second", "Second tier"),
                                ],
                                max_length=12,
                                verbose_name="tier",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.city",
                                verbose_name="city",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "city tier",
                        "verbose_name_plural": "city tiers",
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
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
                        (
                            "code",
                            models.CharField(
                                max_length=8, verbose_name="code for the public profile"
                            ),
                        ),
                        ("phone_code", models.UUIDField(editable=False, null=True)),
                        (
                            "phone_proved_at",
                            models.DateTimeField(
                                null=True, verbose_name="code of the registered phone given at"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Being checked"),
                                    ("asked", "More is asked for"),
                                    ("accepted", "Accepted"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="waiting",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        ("waiting_since", models.DateTimeField(verbose_name="waiting since")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim of a party",
                        "verbose_name_plural": "claims of parties",
                        "permissions": [("decide_claim", "Can decide whose a party is")],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimStatement",
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
                        ("is_operator", models.BooleanField(verbose_name="by an operator")),
                        ("text", models.TextField(max_length=1000, verbose_name="text")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="parties.claim",
                            ),
                        ),
                        (
                            "files",
                            models.ManyToManyField(to="core.storedfile", verbose_name="files"),
                        ),
                    ],
                    options={
                        "verbose_name": "statement to a claim",
                        "verbose_name_plural": "statements to claims",
                    },
                ),
                migrations.CreateModel(
                    name="ClientCase",
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
                        ("title", models.CharField(max_length=60, verbose_name="title")),
                        ("client", models.CharField(max_length=60, verbose_name="client")),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        ("gmv_fen", models.BigIntegerField(verbose_name="GMV claimed")),
                        (
                            "summary",
                            models.TextField(max_length=1000, verbose_name="what was done"),
                        ),
                        (
                            "is_held",
                            models.BooleanField(default=False, verbose_name="held for a look"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("claimed", "Claimed by the provider"),
                                    ("checking", "Being checked"),
                                    ("verified", "Verified"),
                                    ("refused", "Not confirmed"),
                                    ("withdrawn", "Taken down"),
                                ],
                                default="claimed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "settled_fen",
                            models.BigIntegerField(null=True, verbose_name="settled net GMV"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("asked_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                        ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(to="core.storedfile", verbose_name="evidence"),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="client_cases",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case of a provider",
                        "verbose_name_plural": "cases of providers",
                        "permissions": [
                            ("check_clientcase", "Can confirm cases against settlements")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCheck",
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
                            "outcome",
                            models.CharField(
                                choices=[("verified", "Confirmed"), ("refused", "Not confirmed")],
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        ("claimed_fen", models.BigIntegerField(verbose_name="GMV claimed")),
                        (
                            "settled_fen",
                            models.BigIntegerField(null=True, verbose_name="settled net GMV"),
                        ),
                        (
                            "basis",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="statements compared"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="parties.clientcase",
                                verbose_name="case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "check of a case",
                        "verbose_name_plural": "checks of cases",
                    },
                ),
                migrations.CreateModel(
                    name="Departure",
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
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("last_day", models.DateField(verbose_name="last day asked for")),
                        ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                        ("answer_by", models.DateTimeField(verbose_name="answer by")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("asked", "Waiting for the other side"),
                                    ("agreed", "Agreed"),
                                    ("contested", "Before an operator"),
                                    ("decided", "Decided"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        (
                            "contested_at",
                            models.DateTimeField(null=True, verbose_name="contested at"),
                        ),
                        ("decide_by", models.DateTimeField(null=True, verbose_name="decide by")),
                        (
                            "decided_last_day",
                            models.DateField(null=True, verbose_name="last day decided"),
                        ),
                        (
                            "reasons",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reasons of the decision"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="who asked",
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
                    ],
                    options={
                        "verbose_name": "departure",
                        "verbose_name_plural": "departures",
                        "permissions": [("decide_departure", "Can decide contested departures")],
                    },
                ),
                migrations.CreateModel(
                    name="DepartureStatement",
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
                        ("said_at", models.DateTimeField(verbose_name="at")),
                        ("text", models.TextField(max_length=3000, verbose_name="statement")),
                        (
                            "departure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="parties.departure",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statement",
                        "verbose_name_plural": "statements",
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("link", models.PositiveSmallIntegerField(default=0, verbose_name="link")),
                        (
                            "checked_elsewhere",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="checked elsewhere"
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="certificate number"
                            ),
                        ),
                        (
                            "granted_by",
                            models.CharField(blank=True, max_length=80, verbose_name="granted by"),
                        ),
                        (
                            "granted_to",
                            models.CharField(blank=True, max_length=80, verbose_name="granted to"),
                        ),
                        (
                            "expires_on",
                            models.DateField(blank=True, null=True, verbose_name="last day"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("uploaded", "Being checked"),
                                    ("accepted", "Accepted"),
                                    ("returned", "Returned"),
                                    ("expired", "Expired"),
                                    ("replaced", "Replaced"),
                                ],
                                default="uploaded",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
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
                            "file",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.storedfile",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="uploaded by",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.documentkind",
                                verbose_name="kind",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                    },
                ),
                migrations.CreateModel(
                    name="DocumentRule",
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
                            "party_kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                                verbose_name="kind of party",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("required", "Required"),
                                    ("optional", "Optional"),
                                    ("off", "Not asked"),
                                ],
                                max_length=8,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "choice",
                            models.SlugField(
                                blank=True,
                                help_text="One document of a choice is enough.",
                                max_length=20,
                                verbose_name="choice",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "applies",
                            models.CharField(
                                choices=[
                                    ("always", "Everyone"),
                                    ("firm", "With a business licence"),
                                    ("person", "Natural persons"),
                                    ("minor", "Natural persons of 16 and 17"),
                                ],
                                default="always",
                                max_length=6,
                                verbose_name="concerns",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.documentkind",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document rule",
                        "verbose_name_plural": "document rules",
                    },
                ),
                migrations.CreateModel(
                    name="ErasureRequest",
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
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("due_at", models.DateTimeField(verbose_name="due at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="withdrawn at"),
                        ),
                        ("erased_at", models.DateTimeField(null=True, verbose_name="erased at")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="erasure_requests",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deletion request",
                        "verbose_name_plural": "deletion requests",
                        "permissions": [
                            ("reveal_contact", "Can see the contacts of parties in full")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExpiryReminder",
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
                        ("days", models.PositiveSmallIntegerField(verbose_name="days before")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="parties.document",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("owner", "Owner"),
                                    ("manager", "Manager"),
                                    ("finance", "Finance"),
                                    ("member", "Member"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="email"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=16, verbose_name="phone"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "sendings",
                            models.PositiveSmallIntegerField(default=1, verbose_name="sent"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="accepted by",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                    },
                ),
                migrations.CreateModel(
                    name="KeyGrant",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        (
                            "scopes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("party:read", "read the party"),
                                        ("party:write", "change the party"),
                                        ("trade:read", "read needs, proposals and cooperations"),
                                        (
                                            "trade:write",
                                            "write needs and proposals, accept and decline",
                                        ),
                                        ("orders:read", "read sales orders"),
                                        ("orders:write", "bring in events of sales orders"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="scopes",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("used_at", models.DateTimeField(null=True, verbose_name="last used")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="parties.party",
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="given by",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants_given",
                                to="parties.party",
                                verbose_name="for",
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants_taken",
                                to="parties.party",
                                verbose_name="keys of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "right for keys of others",
                        "verbose_name_plural": "rights for keys of others",
                    },
                ),
                migrations.CreateModel(
                    name="ListingBefore",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("readings", models.TextField()),
                        (
                            "facets",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        ("changed_at", models.DateTimeField()),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MembershipScope",
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
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scope",
                                to="parties.membership",
                                verbose_name="membership",
                            ),
                        ),
                        (
                            "parties",
                            models.ManyToManyField(
                                blank=True, to="parties.party", verbose_name="for whom"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scope of a member",
                        "verbose_name_plural": "scopes of members",
                    },
                ),
                migrations.CreateModel(
                    name="OfferChange",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("party_id", models.BigIntegerField(null=True)),
                        ("txid", models.BigIntegerField()),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now()
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of an offer",
                        "verbose_name_plural": "changes of offers",
                        "indexes": [
                            models.Index(fields=["txid"], name="offer_change_by_transaction")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OwnedAccount",
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
                        (
                            "platform",
                            models.CharField(
                                choices=[("douyin", "Douyin account"), ("shop", "Douyin shop")],
                                max_length=6,
                                verbose_name="platform",
                            ),
                        ),
                        ("handle", models.CharField(max_length=60, verbose_name="number there")),
                        ("name", models.CharField(max_length=60, verbose_name="name shown there")),
                        ("code", models.CharField(max_length=16, verbose_name="code")),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("code", "A code in the public profile"),
                                    ("shot", "A screenshot of the back office"),
                                ],
                                max_length=4,
                                verbose_name="proof",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("claimed", "To be proven"),
                                    ("placed", "Being checked"),
                                    ("proven", "Proven"),
                                    ("refused", "Not proven"),
                                    ("expired", "Run out"),
                                    ("released", "Given up"),
                                ],
                                default="claimed",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("claimed_at", models.DateTimeField(verbose_name="claimed at")),
                        ("placed_at", models.DateTimeField(null=True, verbose_name="handed in at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        ("lasts_until", models.DateTimeField(verbose_name="lasts until")),
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
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owned_accounts",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "screenshot",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="core.storedfile",
                                verbose_name="screenshot",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account or shop",
                        "verbose_name_plural": "accounts and shops",
                    },
                ),
                migrations.CreateModel(
                    name="OwnershipOffer",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("pending", "Waiting"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                    ("expired", "Expired"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="from",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ownership offer",
                        "verbose_name_plural": "ownership offers",
                    },
                ),
                migrations.CreateModel(
                    name="PartyAppeal",
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
                        ("first_at", models.DateTimeField(verbose_name="decided first at")),
                        (
                            "first_reason",
                            models.TextField(max_length=600, verbose_name="the reason given"),
                        ),
                        (
                            "text",
                            models.TextField(max_length=2000, verbose_name="what the party says"),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("filed", "Being judged"),
                                    ("upheld", "Decision upheld"),
                                    ("reversed", "Decision reversed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="filed",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("filed_at", models.DateTimeField(verbose_name="filed at")),
                        ("due_on", models.DateField(verbose_name="to be answered by")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.document",
                                verbose_name="returned document",
                            ),
                        ),
                        (
                            "evidence",
                            models.ManyToManyField(to="core.storedfile", verbose_name="evidence"),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="filed by",
                            ),
                        ),
                        (
                            "first_reviewer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who decided first",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal of a party",
                        "verbose_name_plural": "appeals of parties",
                        "permissions": [("decide_partyappeal", "Can judge appeals of parties")],
                    },
                ),
                migrations.CreateModel(
                    name="AppealDecision",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("upheld", "The decision stands"),
                                    ("reversed", "The decision is reversed"),
                                ],
                                max_length=8,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("none", "Nothing changes"),
                                    ("reopened", "The application is under review again"),
                                    ("lifted", "The suspension was lifted"),
                                    ("uploaded", "The document is being checked again"),
                                ],
                                max_length=8,
                                verbose_name="effect",
                            ),
                        ),
                        ("reason", models.TextField(max_length=600, verbose_name="reason")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "first_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who decided first",
                            ),
                        ),
                        (
                            "appeal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="parties.partyappeal",
                                verbose_name="appeal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to an appeal",
                        "verbose_name_plural": "answers to appeals",
                    },
                ),
                migrations.CreateModel(
                    name="PartyCategory",
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
                        ("share", models.PositiveSmallIntegerField(verbose_name="share (%)")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="parties.category"
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="category_shares",
                                to="parties.party",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PartyPicture",
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
                        (
                            "slot",
                            models.CharField(
                                choices=[
                                    ("logo", "Logo or portrait"),
                                    ("cover", "Cover"),
                                    ("case", "Picture of a case"),
                                ],
                                max_length=5,
                                verbose_name="place",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting for a look"),
                                    ("shown", "Shown"),
                                    ("refused", "Refused"),
                                    ("replaced", "Replaced"),
                                    ("removed", "Taken off"),
                                ],
                                default="waiting",
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "passed_elsewhere",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="looked at elsewhere"
                            ),
                        ),
                        ("set_at", models.DateTimeField(verbose_name="set at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to="parties.clientcase",
                                verbose_name="case",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="picture",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pictures",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                        (
                            "small",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.storedfile",
                                verbose_name="small picture",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "picture of a party",
                        "verbose_name_plural": "pictures of parties",
                    },
                ),
                migrations.CreateModel(
                    name="PayoutAccount",
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
                        ("bank", models.CharField(max_length=60, verbose_name="bank")),
                        (
                            "branch",
                            models.CharField(blank=True, max_length=80, verbose_name="branch"),
                        ),
                        ("holder", models.CharField(max_length=80, verbose_name="account holder")),
                        ("number_sealed", models.BinaryField()),
                        ("number_print", models.CharField(max_length=64)),
                        ("last4", models.CharField(max_length=4, verbose_name="last four")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("entered", "Waiting for the second person"),
                                    ("in_use", "In use"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Taken back"),
                                    ("replaced", "Replaced"),
                                ],
                                default="entered",
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("entered_at", models.DateTimeField(verbose_name="entered at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        ("held_until", models.DateTimeField(null=True, verbose_name="held until")),
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
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payout_accounts",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "payout account",
                        "verbose_name_plural": "payout accounts",
                        "permissions": [("confirm_payout", "Can confirm payout accounts")],
                    },
                ),
                migrations.CreateModel(
                    name="PayoutChange",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("entered", "Waiting for the second person"),
                                    ("in_use", "In use"),
                                    ("refused", "Refused"),
                                    ("withdrawn", "Taken back"),
                                    ("replaced", "Replaced"),
                                ],
                                max_length=9,
                                verbose_name="status",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="parties.payoutaccount",
                                verbose_name="payout account",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a payout account",
                        "verbose_name_plural": "changes of payout accounts",
                    },
                ),
                migrations.CreateModel(
                    name="PermitRule",
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
                            "party_kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                                verbose_name="kind of party",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("required", "Required"),
                                    ("optional", "Optional"),
                                    ("off", "Not asked"),
                                ],
                                max_length=8,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "choice",
                            models.SlugField(
                                blank=True,
                                help_text="One document of a choice is enough.",
                                max_length=20,
                                verbose_name="choice",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="parties.documentkind",
                                verbose_name="document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permit rule",
                        "verbose_name_plural": "permit rules",
                    },
                ),
                migrations.CreateModel(
                    name="PhoneCode",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("phone", models.CharField(max_length=16, verbose_name="phone")),
                        ("code_hash", models.CharField(max_length=64)),
                        ("asked_from", models.CharField(max_length=32)),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("used_at", models.DateTimeField(null=True, verbose_name="used at")),
                    ],
                    options={
                        "verbose_name": "phone code",
                        "verbose_name_plural": "phone codes",
                        "indexes": [
                            models.Index(fields=["phone", "sent_at"], name="phone_code_by_phone"),
                            models.Index(
                                fields=["asked_from", "sent_at"], name="phone_code_by_place"
                            ),
                            models.Index(fields=["sent_at"], name="phone_code_by_time"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("sent_at"))),
                                name="phone_code_expires_later",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 5)), name="phone_code_tries"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProofReminder",
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
                        ("days", models.PositiveSmallIntegerField(verbose_name="days before")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="parties.ownedaccount",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PutAway",
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
                        ("at", models.DateTimeField()),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="parties.party",
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
                    name="ReviewAnswer",
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
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("approved", "Approved"),
                                    ("need_info", "Asked for more"),
                                    ("refused", "Refused"),
                                ],
                                max_length=9,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=600, verbose_name="reason"),
                        ),
                        (
                            "wanted",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                default=list,
                                size=None,
                                verbose_name="what is asked for",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to an application",
                        "verbose_name_plural": "answers to applications",
                    },
                ),
                migrations.CreateModel(
                    name="RosterEntry",
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
                        ("name", models.CharField(max_length=40, verbose_name="creator's name")),
                        (
                            "account",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="Douyin account"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="phone"),
                        ),
                        (
                            "period",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                verbose_name="contract"
                            ),
                        ),
                        ("terms", models.TextField(max_length=2000, verbose_name="terms")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("invited", "Invited"),
                                    ("active", "In the agency"),
                                    ("leaving", "Leaving"),
                                    ("ended", "Left"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                    ("expired", "No answer in time"),
                                ],
                                default="invited",
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                        ("invited_at", models.DateTimeField(verbose_name="invited at")),
                        ("expires_at", models.DateTimeField(verbose_name="answer until")),
                        (
                            "reminders",
                            models.PositiveSmallIntegerField(default=0, verbose_name="reminders"),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(null=True, verbose_name="reminded at"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "is_shown",
                            models.BooleanField(
                                default=False, verbose_name="shown on the agency's page"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roster",
                                to="parties.party",
                                verbose_name="agency",
                            ),
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
                            "creator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agency_entries",
                                to="parties.party",
                                verbose_name="creator",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "roster entry",
                        "verbose_name_plural": "roster entries",
                    },
                ),
                migrations.CreateModel(
                    name="SignIn",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("session_key", models.CharField(max_length=40, unique=True)),
                        ("device_hash", models.CharField(max_length=64)),
                        ("device", models.CharField(max_length=60, verbose_name="device")),
                        ("place", models.CharField(max_length=40, verbose_name="place")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("seen_at", models.DateTimeField(verbose_name="last seen")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-in",
                        "verbose_name_plural": "sign-ins",
                    },
                ),
                migrations.CreateModel(
                    name="StaffMember",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("manager", "Project manager"),
                                    ("host", "Host"),
                                    ("director", "Live-room director"),
                                    ("operations", "Operations"),
                                    ("ads", "Ad buyer"),
                                    ("content", "Content and editing"),
                                    ("design", "Design"),
                                    ("sourcing", "Product sourcing"),
                                    ("service", "Customer service"),
                                    ("data", "Data analyst"),
                                    ("trainer", "Trainer"),
                                ],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "years",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="years in the trade"
                            ),
                        ),
                        ("joined_at", models.DateTimeField(verbose_name="entered at")),
                        ("left_at", models.DateTimeField(null=True, verbose_name="left at")),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="staff",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team member",
                        "verbose_name_plural": "team members",
                    },
                ),
                migrations.CreateModel(
                    name="StaffCertificate",
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
                        ("title", models.CharField(max_length=60, verbose_name="certificate")),
                        ("issuer", models.CharField(max_length=60, verbose_name="issued by")),
                        (
                            "number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="certificate number"
                            ),
                        ),
                        ("expires_on", models.DateField(null=True, verbose_name="last day")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="certificates",
                                to="parties.staffmember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate of a team member",
                        "verbose_name_plural": "certificates of team members",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="StaffScope",
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
                            "regions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("east", "East China"),
                                        ("south", "South China"),
                                        ("central", "Central China"),
                                        ("north", "North China"),
                                        ("southwest", "Southwest China"),
                                        ("northwest", "Northwest China"),
                                        ("northeast", "Northeast China"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="regions",
                            ),
                        ),
                        (
                            "until",
                            models.DateTimeField(blank=True, null=True, verbose_name="until"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "staff scope",
                        "verbose_name_plural": "staff scopes",
                    },
                ),
                migrations.CreateModel(
                    name="Suspension",
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
                        ("reason", models.TextField(max_length=600, verbose_name="reason")),
                        ("until", models.DateTimeField(null=True, verbose_name="until")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "was",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("submitted", "Under review"),
                                    ("need_info", "Information needed"),
                                    ("refused", "Refused"),
                                    ("verified", "Verified"),
                                    ("listed", "Listed"),
                                    ("hidden", "Hidden"),
                                    ("suspended", "Suspended"),
                                    ("closed", "Closed"),
                                ],
                                max_length=10,
                                verbose_name="status before",
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="lifted at")),
                        (
                            "lifted_why",
                            models.CharField(
                                blank=True, max_length=600, verbose_name="why it was lifted"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lifted by",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensions",
                                to="parties.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suspension",
                        "verbose_name_plural": "suspensions",
                        "permissions": [
                            ("suspend_party", "Can suspend parties and lift suspensions")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Viewing",
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
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        ("ends_at", models.DateTimeField(verbose_name="ends at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        ("pages", models.PositiveIntegerField(default=0, verbose_name="pages")),
                        (
                            "operator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="operator",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "look as a person",
                        "verbose_name_plural": "looks as persons",
                        "permissions": [
                            ("view_as_person", "Can see the site as a person, read-only")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyProfile",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="agency",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        (
                            "founded_in",
                            models.PositiveSmallIntegerField(null=True, verbose_name="founded in"),
                        ),
                        (
                            "managers",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="creators' managers"
                            ),
                        ),
                        (
                            "studios",
                            models.PositiveSmallIntegerField(null=True, verbose_name="studios"),
                        ),
                        (
                            "takes_new",
                            models.BooleanField(default=True, verbose_name="takes new creators"),
                        ),
                        (
                            "business_name",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="commercial contact"
                            ),
                        ),
                        (
                            "business_phone",
                            models.CharField(blank=True, max_length=20, verbose_name="its phone"),
                        ),
                    ],
                    options={
                        "verbose_name": "agency profile",
                        "verbose_name_plural": "agency profiles",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("founded_in__isnull", True),
                                    models.Q(("founded_in__gte", 1980), ("founded_in__lte", 2100)),
                                    _connector="OR",
                                ),
                                name="agency_founded",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("business_name", ""), ("business_phone", "")),
                                    models.Q(
                                        models.Q(("business_name", ""), _negated=True),
                                        models.Q(("business_phone", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_contact_is_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Listing",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="listing",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merchant", "Merchant"),
                                    ("provider", "Service provider"),
                                    ("agency", "MCN agency"),
                                    ("creator", "Creator"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("text", models.TextField()),
                        ("readings", models.TextField()),
                        ("sort_key", models.CharField(db_collation="C", max_length=120)),
                        (
                            "tokens",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        (
                            "facets",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(), size=None
                            ),
                        ),
                        ("packed_facets", models.BinaryField()),
                        ("score", models.IntegerField(default=-1)),
                        ("since", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fastupdate=False, fields=["tokens"], name="listing_tokens"
                            ),
                            models.Index(
                                fields=["kind", "-score", "-party"], name="listing_by_score"
                            ),
                            models.Index(
                                fields=["kind", "-since", "-party"], name="listing_by_since"
                            ),
                            models.Index(
                                fields=["kind", "sort_key", "party"], name="listing_by_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MerchantProfile",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="merchant",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        (
                            "shop_tier",
                            models.CharField(
                                choices=[
                                    ("flagship", "Flagship shop"),
                                    ("exclusive", "Shop of one brand"),
                                    ("specialty", "Shop of several brands"),
                                    ("company", "Ordinary company shop"),
                                    ("sole", "Sole trader's shop"),
                                ],
                                max_length=9,
                                verbose_name="sort of shop",
                            ),
                        ),
                        (
                            "ship_hours",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (24, "within 24 hours"),
                                    (48, "within 48 hours"),
                                    (72, "within 72 hours"),
                                    (168, "within 7 days (made to order)"),
                                ],
                                verbose_name="goods leave",
                            ),
                        ),
                        (
                            "returns_days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="days to return"
                            ),
                        ),
                        (
                            "ships_free",
                            models.BooleanField(default=False, verbose_name="ships for free"),
                        ),
                        (
                            "insures_returns",
                            models.BooleanField(default=False, verbose_name="pays for returns"),
                        ),
                        (
                            "ships_cold",
                            models.BooleanField(default=False, verbose_name="cold chain"),
                        ),
                        (
                            "sends_samples",
                            models.BooleanField(default=False, verbose_name="sends samples"),
                        ),
                        (
                            "brands_held",
                            models.BooleanField(
                                default=False, verbose_name="brands held for a look"
                            ),
                        ),
                        (
                            "belts",
                            models.ManyToManyField(
                                blank=True, to="parties.belt", verbose_name="industry belts"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merchant profile",
                        "verbose_name_plural": "merchant profiles",
                    },
                ),
                migrations.CreateModel(
                    name="Brand",
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
                        ("name", models.CharField(max_length=40, verbose_name="brand")),
                        ("is_own", models.BooleanField(verbose_name="its own")),
                        (
                            "merchant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="brands",
                                to="parties.merchantprofile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "brand",
                        "verbose_name_plural": "brands",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderProfile",
                    fields=[
                        (
                            "party",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="profile",
                                serialize=False,
                                to="parties.party",
                            ),
                        ),
                        (
                            "works_remotely",
                            models.BooleanField(default=False, verbose_name="works remotely"),
                        ),
                        ("price_low_fen", models.BigIntegerField(verbose_name="from (a month)")),
                        ("price_high_fen", models.BigIntegerField(verbose_name="to (a month)")),
                        (
                            "fact_parts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("own_live", "Own live rooms"),
                                        ("matrix", "Creator matrix"),
                                        ("campaigns", "Campaigns"),
                                        ("top", "Top creators"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="parts of the business it serves",
                            ),
                        ),
                        (
                            "capacity",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="cooperations at once"
                            ),
                        ),
                        (
                            "busy_elsewhere",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="of these outside of here"
                            ),
                        ),
                        (
                            "cities",
                            models.ManyToManyField(
                                blank=True, to="parties.city", verbose_name="cities served on site"
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
                        "verbose_name": "provider profile",
                        "verbose_name_plural": "provider profiles",
                    },
                ),
                migrations.CreateModel(
                    name="Guardian",
                    fields=[
                        (
                            "real_name",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="guardian",
                                serialize=False,
                                to="parties.realname",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="guardian's name")),
                        ("phone_sealed", models.BinaryField()),
                        ("phone_last4", models.CharField(max_length=4)),
                        ("agreed_at", models.DateTimeField(verbose_name="agreed at")),
                        (
                            "confirmed_at",
                            models.DateTimeField(null=True, verbose_name="confirmed at"),
                        ),
                    ],
                    options={
                        "verbose_name": "guardian",
                        "verbose_name_plural": "guardians",
                    },
                ),
            ]
        ),
        Together(
            [
                migrations.AddField(
                    model_name="party",
                    name="city",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="parties.city",
                        verbose_name="city",
                    ),
                ),
                migrations.AddField(
                    model_name="party",
                    name="members",
                    field=models.ManyToManyField(
                        through="parties.Membership", to=settings.AUTH_USER_MODEL
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="party",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="parties.party",
                        verbose_name="party",
                    ),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="user",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                migrations.AddField(
                    model_name="partyappeal",
                    name="answer",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="parties.reviewanswer",
                        verbose_name="refused application",
                    ),
                ),
                migrations.AddField(
                    model_name="departure",
                    name="entry",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departures",
                        to="parties.rosterentry",
                    ),
                ),
                migrations.AddField(
                    model_name="partyappeal",
                    name="suspension",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="parties.suspension",
                        verbose_name="suspension",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="realname",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("verified_at__isnull", False)),
                        fields=("party_kind", "number_print"),
                        name="real_name_once_in_a_role",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="realname",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number_print__regex", "^[0-9a-f]{64}$")),
                        name="real_name_has_its_print",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 10000)),
                        name="standing_score_range",
                    ),
                ),
                migrations.AddIndex(
                    model_name="apikey",
                    index=models.Index(fields=["party", "-created_at"], name="api_key_newest"),
                ),
                migrations.AddConstraint(
                    model_name="apikey",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="api_key_expires_later",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="apikey",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("scopes__len__gt", 0)), name="api_key_for_something"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="cityyear",
                    constraint=models.UniqueConstraint(
                        fields=("city", "year"), name="city_tier_once_a_year"
                    ),
                ),
                migrations.AddIndex(
                    model_name="claim",
                    index=models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["waiting_since"],
                        name="claim_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["asked", "waiting"])),
                        fields=("party", "claimant"),
                        name="claim_one_open_a_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claim",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True), ("status__in", ["asked", "waiting"])
                            ),
                            models.Q(
                                models.Q(("status__in", ["asked", "waiting"]), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="claimstatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="claim_statement_has_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="clientcase",
                    index=models.Index(fields=["party", "-ends_on"], name="client_case_of_party"),
                ),
                migrations.AddIndex(
                    model_name="clientcase",
                    index=models.Index(
                        condition=models.Q(("status", "checking")),
                        fields=["asked_at"],
                        name="client_case_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="client_case_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("gmv_fen__gt", 0)), name="client_case_gmv"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "verified"), _negated=True),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("settled_fen__gte", models.F("gmv_fen")),
                            ),
                            _connector="OR",
                        ),
                        name="client_case_verified_is_settled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(
                                ("checked_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="client_case_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clientcase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "checking"), _negated=True),
                            ("asked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="client_case_checking_was_asked",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casecheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "verified"),
                                ("settled_fen__gte", models.F("claimed_fen")),
                                models.Q(("basis", ""), _negated=True),
                            ),
                            models.Q(
                                ("outcome", "refused"), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="case_check_says_what",
                    ),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(
                        condition=models.Q(("status", "accepted")),
                        fields=["expires_on"],
                        name="document_by_last_day",
                    ),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(
                        condition=models.Q(("status", "uploaded")),
                        fields=["uploaded_at"],
                        name="document_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "accepted")),
                        fields=("party", "kind", "link"),
                        name="document_one_accepted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["uploaded", "returned", "expired"])),
                        fields=("party", "kind", "link"),
                        name="document_one_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("file__isnull", False),
                            models.Q(("checked_elsewhere", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_is_somewhere",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_returned_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["accepted", "returned", "expired"]), _negated=True
                            ),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="document_decision_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "expired"), _negated=True),
                            ("expires_on__isnull", False),
                            _connector="OR",
                        ),
                        name="document_expired_had_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentrule",
                    constraint=models.UniqueConstraint(
                        fields=("party_kind", "document", "applies", "starts_on"),
                        name="document_rule_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasurerequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("erased_at", None), ("withdrawn_at", None)),
                        fields=("person",),
                        name="erasure_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasurerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), ("erased_at", None), _connector="OR"
                        ),
                        name="erasure_ends_one_way",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasurerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("asked_at"))),
                        name="erasure_leaves_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasurerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None),
                            ("erased_at__gte", models.F("due_at")),
                            _connector="OR",
                        ),
                        name="erasure_not_before_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="expiryreminder",
                    constraint=models.UniqueConstraint(
                        fields=("document", "days"), name="reminder_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["expires_at"],
                        name="invitation_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("status", "pending")),
                        name="invitation_pending_mail",
                    ),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(
                        condition=models.Q(("status", "pending")),
                        fields=["phone"],
                        name="invitation_pending_phone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), models.Q(("phone", ""), _negated=True)),
                            models.Q(models.Q(("email", ""), _negated=True), ("phone", "")),
                            _connector="OR",
                        ),
                        name="invitation_by_mail_or_phone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("role__in", ["manager", "finance", "member"])),
                        name="invitation_never_to_own",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("status", "pending")),
                            models.Q(
                                models.Q(("status", "pending"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_ended_at_when_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_by__isnull", False), ("status", "accepted")),
                            models.Q(
                                models.Q(("status", "accepted"), _negated=True),
                                ("accepted_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("sent_at"))),
                        name="invitation_expires_later",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(
                        models.F("party"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(
                            ("status", "pending"), models.Q(("email", ""), _negated=True)
                        ),
                        name="invitation_one_pending_a_mail",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "pending"), models.Q(("phone", ""), _negated=True)
                        ),
                        fields=("party", "phone"),
                        name="invitation_one_pending_a_phone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keygrant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("giver", "taker"),
                        name="key_grant_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keygrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="key_grant_to_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keygrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("scopes__len__gt", 0)), name="key_grant_of_something"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keygrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="key_grant_expires_later",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="keygrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", False), ("ended_by", None), _connector="OR"
                        ),
                        name="key_grant_ended_by_somebody",
                    ),
                ),
                migrations.AddIndex(
                    model_name="listingbefore",
                    index=models.Index(
                        fields=["kind", "changed_at"], name="listing_before_by_time"
                    ),
                ),
                migrations.AddIndex(
                    model_name="party",
                    index=models.Index(fields=["kind", "status"], name="party_by_kind"),
                ),
                migrations.AddIndex(
                    model_name="party",
                    index=models.Index(
                        condition=models.Q(("status", "submitted")),
                        fields=["submitted_at"],
                        name="party_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("uscc", ""), _negated=True), ("verified_at__isnull", False)
                        ),
                        fields=("kind", "uscc"),
                        name="party_uscc_once_in_a_role",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "closed"]),
                            ("submitted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="party_submitted_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "submitted", "need_info", "refused", "closed"],
                            ),
                            ("verified_at__isnull", False),
                            _connector="OR",
                        ),
                        name="party_verified_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(
                                ("status", "closed"),
                                models.Q(("merged_into", models.F("id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="party_merged_is_closed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("sandbox_of", None),
                            models.Q(("status", "listed"), _negated=True),
                            _connector="OR",
                        ),
                        name="party_sandbox_is_never_listed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["need_info", "refused"]), _negated=True),
                            models.Q(("status_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="party_answer_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.UniqueConstraint(
                        fields=("user", "party"), name="membership_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("role", "owner")),
                        fields=("party",),
                        name="membership_one_owner",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ownedaccount",
                    index=models.Index(
                        condition=models.Q(("status", "placed")),
                        fields=["placed_at"],
                        name="owned_account_queue",
                    ),
                ),
                migrations.AddIndex(
                    model_name="ownedaccount",
                    index=models.Index(
                        condition=models.Q(("status__in", ["claimed", "proven"])),
                        fields=["lasts_until"],
                        name="owned_account_by_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "proven")),
                        fields=("platform", "handle"),
                        name="owned_account_is_of_one_party",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["claimed", "placed"])),
                        fields=("party", "platform", "handle"),
                        name="owned_account_claimed_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="owned_account_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["placed", "proven", "refused"]), _negated=True
                            ),
                            models.Q(
                                ("placed_at__isnull", False),
                                models.Q(("method", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="owned_account_placed_says_how",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "shot"), _negated=True),
                            ("screenshot__isnull", False),
                            _connector="OR",
                        ),
                        name="owned_account_screenshot_is_there",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownedaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["proven", "refused"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="owned_account_decision_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownershipoffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="ownership_offer_to_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownershipoffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("status", "pending")),
                            models.Q(
                                models.Q(("status", "pending"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ownership_offer_ended_at_when_ended",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ownershipoffer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "pending")),
                        fields=("party",),
                        name="ownership_offer_one_pending",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first_by__isnull", True),
                            models.Q(("by", models.F("first_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="appeal_decision_by_a_second_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="appeal_decision_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appealdecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "upheld"), _negated=True),
                            ("effect", "none"),
                            _connector="OR",
                        ),
                        name="appeal_decision_upheld_changes_nothing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partycategory",
                    constraint=models.UniqueConstraint(
                        fields=("party", "category"), name="party_category_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partycategory",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("share__gte", 1), ("share__lte", 100)),
                        name="party_category_share",
                    ),
                ),
                migrations.AddIndex(
                    model_name="partypicture",
                    index=models.Index(
                        condition=models.Q(("slot", "case"), ("status", "shown")),
                        fields=["case"],
                        name="picture_of_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partypicture",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("slot", "case")),
                            models.Q(
                                models.Q(("slot", "case"), _negated=True), ("case__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="picture_of_a_case_names_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partypicture",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("status__in", ["waiting", "shown", "refused"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("status__in", ["replaced", "removed"])
                            ),
                            _connector="OR",
                        ),
                        name="picture_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partypicture",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "shown")),
                        fields=("party", "slot", "case"),
                        name="picture_one_shown",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partypicture",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["waiting", "refused"])),
                        fields=("party", "slot", "case"),
                        name="picture_one_waiting",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "in_use")),
                        fields=("party",),
                        name="payout_account_one_in_use",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "entered")),
                        fields=("party",),
                        name="payout_account_one_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_use"), _negated=True),
                            ("entered_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="payout_second_is_not_first",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["in_use", "replaced"]), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("held_until__gt", models.F("decided_at")),
                            ),
                            _connector="OR",
                        ),
                        name="payout_in_use_was_held",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="payout_refused_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payoutaccount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number_print__regex", "^[0-9a-f]{64}$")),
                        name="payout_has_its_print",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="permitrule",
                    constraint=models.UniqueConstraint(
                        fields=("party_kind", "category", "document", "starts_on"),
                        name="permit_rule_once_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proofreminder",
                    constraint=models.UniqueConstraint(
                        fields=("account", "days"), name="proof_reminder_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="putaway",
                    constraint=models.UniqueConstraint(
                        fields=("user", "party"), name="checklist_put_away_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="reviewanswer",
                    index=models.Index(fields=["party", "-at"], name="answer_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="reviewanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "approved"),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="rosterentry",
                    index=models.Index(fields=["agency", "status", "-id"], name="roster_of_agency"),
                ),
                migrations.AddIndex(
                    model_name="rosterentry",
                    index=models.Index(
                        condition=models.Q(("status", "invited")),
                        fields=["expires_at"],
                        name="roster_unanswered",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("status__in", ["active", "ended", "leaving"])),
                        expressions=[(models.F("creator"), "="), (models.F("period"), "&&")],
                        name="roster_one_agency_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("period__isempty", False),
                            ("period__lower_inf", False),
                            ("period__upper_inf", False),
                        ),
                        name="roster_period_has_both_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["active", "ended", "leaving"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("creator__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="roster_bound_was_accepted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "invited"), _negated=True),
                            ("answered_at", None),
                            _connector="OR",
                        ),
                        name="roster_invited_is_unanswered",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("status__in", ["invited", "active", "leaving"])
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["invited", "active", "leaving"]), _negated=True
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="roster_end_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_shown", False),
                            ("status__in", ["active", "leaving"]),
                            _connector="OR",
                        ),
                        name="roster_shown_in_the_agency",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("creator__isnull", False), ("status", "invited")),
                        fields=("agency", "creator"),
                        name="roster_creator_invited_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rosterentry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "invited"), models.Q(("phone", ""), _negated=True)
                        ),
                        fields=("agency", "phone"),
                        name="roster_phone_invited_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="departure",
                    index=models.Index(
                        condition=models.Q(("status", "contested")),
                        fields=["decide_by"],
                        name="departure_queue",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["asked", "contested"])),
                        fields=("entry",),
                        name="departure_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("status__in", ["asked", "contested"])),
                            models.Q(
                                models.Q(("status__in", ["asked", "contested"]), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="departure_closed_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["contested", "decided"]), _negated=True),
                            models.Q(("contested_at__isnull", False), ("decide_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="departure_contested_has_deadline",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="departure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "decided"), _negated=True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="departure_decided_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="signin",
                    index=models.Index(fields=["user", "-created_at"], name="sign_in_by_person"),
                ),
                migrations.AddIndex(
                    model_name="signin",
                    index=models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["user"],
                        name="sign_in_running",
                    ),
                ),
                migrations.AddIndex(
                    model_name="staffmember",
                    index=models.Index(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=["party"],
                        name="staff_working",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("years__lte", 50)), name="staff_years"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("left_at__isnull", True),
                            ("left_at__gte", models.F("joined_at")),
                            _connector="OR",
                        ),
                        name="staff_left_after_joining",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffcertificate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="certificate_has_title",
                    ),
                ),
                migrations.AddIndex(
                    model_name="suspension",
                    index=models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["until"],
                        name="suspension_by_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("party",),
                        name="suspension_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="suspension_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("was__in", ["verified", "listed", "hidden"])),
                        name="suspension_of_a_trusted_party",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gt", models.F("at")), _connector="OR"
                        ),
                        name="suspension_ends_after_it_began",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_why", "")),
                            models.Q(
                                ("lifted_at__isnull", False),
                                models.Q(("lifted_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_lifted_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="partyappeal",
                    index=models.Index(
                        condition=models.Q(("status", "filed")),
                        fields=["due_on"],
                        name="party_appeal_queue",
                    ),
                ),
                migrations.AddIndex(
                    model_name="partyappeal",
                    index=models.Index(fields=["party", "-filed_at"], name="party_appeal_of_party"),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", False),
                                ("document__isnull", True),
                                ("suspension__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("document__isnull", True),
                                ("suspension__isnull", False),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("document__isnull", False),
                                ("suspension__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="party_appeal_is_about_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="party_appeal_has_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("status", "filed")),
                            models.Q(
                                models.Q(("status", "filed"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="party_appeal_ended_has_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("answer", "first_at"),
                        name="party_appeal_once_about_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("suspension", "first_at"),
                        name="party_appeal_once_about_suspension",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partyappeal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "withdrawn"), _negated=True),
                        fields=("document", "first_at"),
                        name="party_appeal_once_about_document",
                    ),
                ),
                migrations.AddIndex(
                    model_name="viewing",
                    index=models.Index(fields=["person", "-begun_at"], name="viewing_of_person"),
                ),
                migrations.AddConstraint(
                    model_name="viewing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="viewing_says_why"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="viewing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("operator", models.F("person")), _negated=True),
                        name="viewing_of_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="viewing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begun_at"))),
                        name="viewing_ends_after_it_began",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="viewing",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("operator",),
                        name="viewing_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merchantprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("returns_days__gte", 7), ("returns_days__lte", 90)),
                        name="merchant_returns_days",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merchantprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ship_hours__in", [24, 48, 72, 168])),
                        name="merchant_ship_hours",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merchantprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "shop_tier__in",
                                ["flagship", "exclusive", "specialty", "company", "sole"],
                            )
                        ),
                        name="merchant_shop_tier",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="brand",
                    constraint=models.UniqueConstraint(
                        fields=("merchant", "name"), name="brand_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="brand",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="brand_has_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="providerprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("price_high_fen__gte", models.F("price_low_fen")),
                            ("price_low_fen__gte", 0),
                        ),
                        name="profile_price_band",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="providerprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("fact_parts__contained_by", ["own_live", "matrix", "campaigns", "top"])
                        ),
                        name="profile_fact_parts",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="providerprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("busy_elsewhere", 0), ("capacity__isnull", True)),
                            models.Q(
                                ("busy_elsewhere__lte", models.F("capacity")),
                                ("capacity__gte", 1),
                                ("capacity__lte", 999),
                            ),
                            _connector="OR",
                        ),
                        name="profile_capacity",
                    ),
                ),
                migrations.AddField(
                    model_name="guardian",
                    name="confirmed_by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ]
        ),
    ]
