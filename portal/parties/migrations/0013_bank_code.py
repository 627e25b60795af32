from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0012_issued_certificates'),
    ]

    operations = [
        migrations.AddField(
            model_name='payoutaccount',
            name='bank_code',
            field=models.CharField(blank=True, max_length=12, verbose_name='branch code'),
        ),
        migrations.AddConstraint(
            model_name='payoutaccount',
            constraint=models.CheckConstraint(condition=models.Q(('bank_code__regex', '^([0-9]{12})?$')), name='payout_branch_code_is_one'),
        ),
    ]
