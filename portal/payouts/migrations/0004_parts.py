import django.db.models.deletion
from django.db import migrations, models

from portal.core.database import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('payouts', '0003_debt_in_parts'),
        ('settlement', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payouts.item', verbose_name='payout')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payout_parts', to='settlement.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'part of a payout',
                'verbose_name_plural': 'parts of payouts',
                'constraints': [models.UniqueConstraint(fields=('item', 'statement'), name='payout_part_once'), models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payout_part_amount')],
            },
        ),
        append_only("payouts_part"),
    ]
