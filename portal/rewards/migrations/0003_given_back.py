
from django.conf import settings
from django.db import migrations, models

from portal.core.database import changes_only

# Which turn an objection to a revocation was about: the claim's of today, unless it was granted,
# which is a turn itself. Those to a claim that did not pass were about the first, nought.
TURNS = """
UPDATE rewards_claimappeal AS appeal
SET turn = claim.turns - CASE WHEN appeal.status = 'granted' THEN 1 ELSE 0 END
FROM rewards_claim AS claim
WHERE claim.id = appeal.claim_id AND claim.turns > 0
  AND appeal.against = 'revoked' AND appeal.status IN ('filed', 'upheld', 'granted')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0013_bank_code'),
        ('rewards', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claimappeal',
            name='reward_appeal_once',
        ),
        migrations.AddField(
            model_name='claimappeal',
            name='turn',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='turns'),
        ),
        migrations.RunSQL(TURNS, migrations.RunSQL.noop),
        migrations.AddField(
            model_name='steprecord',
            name='given_back',
            field=models.BigIntegerField(default=0, verbose_name='given back'),
        ),
        migrations.AddConstraint(
            model_name='claimappeal',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'withdrawn'), _negated=True), fields=('claim', 'against', 'turn'), name='reward_appeal_once'),
        ),
        migrations.AddConstraint(
            model_name='steprecord',
            constraint=models.CheckConstraint(condition=models.Q(('given_back__gte', 0), ('given_back__lte', models.F('amount'))), name='reward_record_given_back'),
        ),
        changes_only('rewards_steprecord', 'party_id', 'given_back'),
    ]
