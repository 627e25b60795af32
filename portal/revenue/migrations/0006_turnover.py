import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0010_stars'),
        ('revenue', '0005_recorded_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='Turnover',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=8, verbose_name='role')),
                ('month', models.DateField(verbose_name='month')),
                ('lines', models.PositiveIntegerField(verbose_name='order lines')),
                ('paid_fen', models.BigIntegerField(verbose_name='paid (fen)')),
                ('net_fen', models.BigIntegerField(verbose_name='settled less refunds (fen)')),
                ('refunded_fen', models.BigIntegerField(verbose_name='refunded (fen)')),
                ('counted_at', models.DateTimeField(verbose_name='counted at')),
                ('party', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'turnover of a month',
                'verbose_name_plural': 'turnovers by month',
                'constraints': [models.UniqueConstraint(fields=('party', 'role', 'month'), name='turnover_once_a_month'), models.CheckConstraint(condition=models.Q(('net_fen__range', (0, models.F('paid_fen'))), ('refunded_fen__range', (0, models.F('paid_fen')))), name='turnover_within_paid'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='turnover_of_a_month')],
            },
        ),
    ]
