
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_audit_of_party'),
        ('rewards', '0003_given_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='claimappeal',
            name='evidence',
            field=models.ManyToManyField(related_name='+', to='core.storedfile', verbose_name='evidence'),
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit', 'cash'), _negated=True), ('used', 0), _connector='OR'), name='reward_pool_cash_is_not_used'),
        ),
    ]
