import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.core.database import changes_only


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0013_bank_code'),
        ('payouts', '0004_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PayoutRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('amount_fen', models.BigIntegerField(verbose_name='available then (fen)')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('status', models.CharField(choices=[('waiting', 'Waits for the next batch'), ('taken', 'In a batch'), ('on_way', 'On its way'), ('withdrawn', 'Taken back')], default='waiting', max_length=9, verbose_name='status')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='payouts.batch', verbose_name='batch')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payout_requests', to='parties.party', verbose_name='party')),
            ],
            options={
                'verbose_name': 'payout request',
                'verbose_name_plural': 'payout requests',
                'indexes': [models.Index(fields=['party', '-asked_at'], name='payout_request_of_party'), models.Index(condition=models.Q(('status', 'waiting')), fields=['asked_at'], name='payout_request_waits')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'taken'])), fields=('party',), name='payout_request_one_stands'), models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payout_request_amount'), models.CheckConstraint(condition=models.Q(models.Q(('batch', None), ('ended_at', None), ('status', 'waiting')), models.Q(('batch__isnull', False), ('ended_at', None), ('status', 'taken')), models.Q(('batch__isnull', False), ('ended_at__isnull', False), ('status', 'on_way')), models.Q(('batch', None), ('ended_at__isnull', False), ('status', 'withdrawn')), _connector='OR'), name='payout_request_status_has_its_facts')],
            },
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['key'], name='payout_by_key'),
        ),
        changes_only("payouts_payoutrequest", "status", "batch_id", "ended_at"),
    ]
