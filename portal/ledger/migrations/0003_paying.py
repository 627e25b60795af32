from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_guards'),
        ('parties', '0013_bank_code'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_account_of_party_or_platform',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_estimate_is_never_payable',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='ledger_account_known',
        ),
        migrations.AlterField(
            model_name='account',
            name='kind',
            field=models.CharField(choices=[('share', 'Share of orders'), ('available', 'Available'), ('held', 'Held by a dispute'), ('paying', 'In payment'), ('bills', 'Bills between parties'), ('deposit', 'Deposit'), ('fees', 'Fees of the platform'), ('penalties', 'Penalties'), ('custody', 'Deposits at the bank'), ('clearing', 'Order money')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('share', 'available', 'held', 'paying', 'bills', 'deposit')), ('party__isnull', False)), models.Q(('party', None), models.Q(('kind__in', ('share', 'available', 'held', 'paying', 'bills', 'deposit')), _negated=True)), _connector='OR'), name='ledger_account_of_party_or_platform'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('available', 'held', 'paying', 'deposit')), ('track', 'estimated'), _negated=True), name='ledger_estimate_is_never_payable'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('currency__in', ['CNY']), ('kind__in', ['share', 'available', 'held', 'paying', 'bills', 'deposit', 'fees', 'penalties', 'custody', 'clearing']), ('track__in', ['estimated', 'settled'])), name='ledger_account_known'),
        ),
    ]
