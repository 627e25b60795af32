"""What an amendment changes is kept as a whole, before and after; each version is written down."""

import hashlib
import json
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import append_only

WHOLE = """
UPDATE cooperation_amendment a SET
    before = jsonb_build_object(
        'monthly_fee_fen', c.monthly_fee_fen, 'share_bp', c.share_bp, 'ladder', c.ladder,
        'is_guarantee', c.is_guarantee,
        'gmv_target_fen', c.gmv_target_fen, 'ends_on', a.old_ends_on, 'scope', a.old_scope,
        'service_level', a.old_service_level, 'notice_days', a.old_notice_days,
        'payment_day', a.old_payment_day),
    after = jsonb_build_object(
        'monthly_fee_fen', c.monthly_fee_fen, 'share_bp', c.share_bp, 'ladder', c.ladder,
        'is_guarantee', c.is_guarantee,
        'gmv_target_fen', c.gmv_target_fen, 'ends_on', a.new_ends_on, 'scope', a.new_scope,
        'service_level', a.new_service_level, 'notice_days', a.new_notice_days,
        'payment_day', a.new_payment_day)
FROM cooperation_cooperation c WHERE c.id = a.cooperation_id;
UPDATE cooperation_amendment a SET answered_party_id =
    CASE a.party_id WHEN c.merchant_id THEN c.provider_id ELSE c.merchant_id END
FROM cooperation_cooperation c
WHERE c.id = a.cooperation_id AND a.status IN ('accepted', 'declined');
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# What was agreed changes by the amendment that was accepted, and into nothing else; whatever is
# not its life is what was agreed, also a column that comes along.
WORD = """
CREATE FUNCTION cooperation_keeps_its_word() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    life text[] := ARRAY['status', 'version', 'began_at', 'ended_at', 'merchant_id', 'provider_id'];
BEGIN
    IF NEW.version = OLD.version AND to_jsonb(NEW) - life = to_jsonb(OLD) - life THEN
        RETURN NEW;
    END IF;
    IF NEW.version = OLD.version + 1 AND EXISTS (
        SELECT 1 FROM cooperation_amendment a
        WHERE a.cooperation_id = NEW.id AND a.number = NEW.version AND a.status = 'accepted'
          AND (to_jsonb(OLD) || a.after) - life = to_jsonb(NEW) - life
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'cooperation %: not what an accepted amendment says', NEW.id
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER cooperation_keeps_its_word BEFORE UPDATE ON cooperation_cooperation
    FOR EACH ROW EXECUTE FUNCTION cooperation_keeps_its_word();

CREATE FUNCTION cooperation_has_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cooperation_version v
        WHERE v.cooperation_id = NEW.id AND v.number = NEW.version
    ) THEN
        RAISE EXCEPTION 'cooperation %: version % is not written', NEW.id, NEW.version
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cooperation_has_its_version
    AFTER INSERT OR UPDATE OF version ON cooperation_cooperation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cooperation_has_its_version();

CREATE FUNCTION version_was_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM cooperation_amendment a
        WHERE a.id = NEW.amendment_id AND a.cooperation_id = NEW.cooperation_id
          AND a.number = NEW.number AND a.status = 'accepted'
    ) THEN
        RAISE EXCEPTION 'version % of cooperation % was not accepted', NEW.number,
            NEW.cooperation_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_was_accepted BEFORE INSERT ON cooperation_version
    FOR EACH ROW EXECUTE FUNCTION version_was_accepted();

CREATE FUNCTION amendment_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := ARRAY['status', 'answered_at', 'answered_by_id'];
    people text[] := ARRAY['party_id', 'answered_party_id', 'note'];  -- merged, erased
BEGIN
    IF to_jsonb(NEW) - answer - people <> to_jsonb(OLD) - answer - people
        OR OLD.status <> 'open' AND to_jsonb(NEW) - people <> to_jsonb(OLD) - people
    THEN
        RAISE EXCEPTION 'amendment %: what was proposed or answered stays', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER amendment_is_answered_once BEFORE UPDATE ON cooperation_amendment
    FOR EACH ROW EXECUTE FUNCTION amendment_is_answered_once();
"""
NO_WORD = """
DROP TRIGGER amendment_is_answered_once ON cooperation_amendment;
DROP FUNCTION amendment_is_answered_once();
DROP TRIGGER version_was_accepted ON cooperation_version;
DROP FUNCTION version_was_accepted();
DROP TRIGGER cooperation_has_its_version ON cooperation_cooperation;
DROP FUNCTION cooperation_has_its_version();
DROP TRIGGER cooperation_keeps_its_word ON cooperation_cooperation;
DROP FUNCTION cooperation_keeps_its_word();
"""
TERMS = (
    *("monthly_fee_fen", "share_bp", "ladder", "gmv_target_fen", "scope", "service_level"),
    *("is_guarantee", "notice_days", "payment_day"),
)


def write_versions(apps, schema_editor):
    """Of cooperations that are there: the first as it was agreed, then one an amendment."""
    alias = schema_editor.connection.alias
    cooperations = apps.get_model("cooperation", "Cooperation").objects.using(alias)
    amendments = apps.get_model("cooperation", "Amendment").objects.using(alias)
    version = apps.get_model("cooperation", "Version")
    for one in cooperations.select_related("city").iterator(500):
        accepted = list(amendments.filter(cooperation=one, status="accepted").order_by("number"))
        terms = {name: getattr(one, name) for name in TERMS} | {"ends_on": one.ends_on.isoformat()}
        first = accepted[0].before if accepted else terms
        version.objects.using(alias).bulk_create(
            [
                _version(version, one, None, first, one.agreed_at, "merchant", None),
                *(
                    _version(version, one, a, a.after, a.answered_at, _side(one, a), a.answered_by)
                    for a in accepted
                ),
            ]
        )


def _side(one, amendment):
    return "merchant" if amendment.answered_party_id == one.merchant_id else "provider"


def _version(model, one, amendment, terms, at, side, person):
    key, number = uuid.uuid4(), amendment.number if amendment else 1
    content = {
        "form": "trilink-cooperation/1",
        "id": str(key),
        "cooperation": one.pk,
        "version": number,
        "accepted_at": at.isoformat(),
        "merchant": one.merchant_id,
        "provider": one.provider_id,
        "title": one.title,
        "services": sorted(one.services.values_list("code", flat=True)),
        "categories": sorted(one.categories.values_list("code", flat=True)),
        "city": one.city.code if one.city else None,
        "accepts_remote": one.accepts_remote,
        "team": one.team,
        "starts_on": one.starts_on.isoformat(),
        **terms,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return model(
        id=key,
        cooperation=one,
        number=number,
        amendment=amendment,
        content=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        accepted_side=side,
        accepted_by=person,
        at=at,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('cooperation', '0002_guarantee'),
        ('parties', '0003_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='amendment',
            name='after',
            field=models.JSONField(default={}),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='amendment',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='amendment',
            name='answered_party',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party', verbose_name='answered by'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='before',
            field=models.JSONField(default={}),
            preserve_default=False,
        ),
        migrations.RunSQL(WHOLE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='amendment',
            name='amendment_changes_something',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='new_ends_on',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='new_notice_days',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='new_payment_day',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='new_scope',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='new_service_level',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='old_ends_on',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='old_notice_days',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='old_payment_day',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='old_scope',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='old_service_level',
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='amendment_changes_something'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_party__isnull', False), ('status__in', ['accepted', 'declined']), models.Q(('answered_party', models.F('party')), _negated=True)), models.Q(('answered_party', None), ('status__in', ['open', 'withdrawn', 'expired'])), _connector='OR'), name='amendment_accepted_by_the_other'),
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('content', models.JSONField(verbose_name='content')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('accepted_side', models.CharField(choices=[('merchant', 'Merchant'), ('provider', 'Hired side')], max_length=8, verbose_name='accepted by')),
                ('at', models.DateTimeField(verbose_name='accepted at')),
            ],
            options={
                'verbose_name': 'version of a cooperation',
                'verbose_name_plural': 'versions of cooperations',
            },
        ),
        migrations.AddField(
            model_name='version',
            name='accepted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='amendment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='cooperation.amendment'),
        ),
        migrations.AddField(
            model_name='version',
            name='cooperation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='cooperation.cooperation'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('cooperation', 'number'), name='version_once_a_cooperation'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amendment', None), ('number', 1)), models.Q(('amendment__isnull', False), ('number__gt', 1)), _connector='OR'), name='version_has_its_amendment'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='version_digest'),
        ),
        migrations.RunPython(write_versions, migrations.RunPython.noop),
        migrations.RunSQL(f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;{WORD}", NO_WORD),
        append_only("cooperation_version"),
    ]
