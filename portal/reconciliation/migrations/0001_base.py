import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('revenue', '0009_bank_rows_out'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name='Day',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('book', models.CharField(choices=[('orders', 'Orders of a feed'), ('bank', 'Movements at the bank')], max_length=6, verbose_name='of')),
                        ('feed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revenue.feed', verbose_name='feed')),
                        ('day', models.DateField(verbose_name='day')),
                        ('basis', models.CharField(choices=[('nothing', 'Nothing announced'), ('total', 'Its control total'), ('listed', "The upstream's list"), ('books', 'The books')], default='nothing', max_length=7, verbose_name='known by')),
                        ('expected_events', models.PositiveIntegerField(null=True, verbose_name='expected')),
                        ('expected_fen', models.BigIntegerField(null=True, verbose_name='expected (fen)')),
                        ('arrived_events', models.PositiveIntegerField(default=0, verbose_name='arrived')),
                        ('arrived_fen', models.BigIntegerField(default=0, verbose_name='arrived (fen)')),
                        ('booked_events', models.PositiveIntegerField(default=0, verbose_name='in the books')),
                        ('booked_fen', models.BigIntegerField(default=0, verbose_name='in the books (fen)')),
                        ('sound_events', models.PositiveIntegerField(default=0, verbose_name='arrived and right')),
                        ('sound_fen', models.BigIntegerField(default=0, verbose_name='arrived and right (fen)')),
                        ('counted_at', models.DateTimeField(null=True, verbose_name='counted at')),
                        ('told_at', models.DateTimeField(null=True, verbose_name='finance was told at')),
                    ],
                    options={
                        'verbose_name': 'reconciled day',
                        'verbose_name_plural': 'reconciled days',
                        'permissions': [('count_day', 'Can count a day again')],
                        'indexes': [models.Index(fields=['-day', '-id'], name='reconciled_day_latest')],
                        'constraints': [models.UniqueConstraint(fields=('book', 'feed', 'day'), name='reconciled_day_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('book', 'orders'), ('feed__isnull', False)), models.Q(('book', 'bank'), ('feed', None)), _connector='OR'), name='reconciled_day_of_feed_or_bank'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'nothing'), ('expected_events', None), ('expected_fen', None)), models.Q(('expected_events__isnull', False), ('expected_fen__isnull', False), models.Q(('basis', 'nothing'), _negated=True)), _connector='OR'), name='reconciled_day_expects'), models.CheckConstraint(condition=models.Q(models.Q(('expected_events', None), ('sound_events', 0), ('sound_fen', 0)), models.Q(('sound_events__lte', models.F('expected_events')), ('sound_fen__range', (0, models.F('expected_fen')))), _connector='OR'), name='reconciled_day_sound_within_expected')],
                    },
                ),
                migrations.CreateModel(
                    name='Difference',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('day', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='differences', to='reconciliation.day', verbose_name='day')),
                        ('between', models.CharField(choices=[('upstream', 'Upstream and orders'), ('ledger', 'Orders and books'), ('bank', 'Books and bank')], max_length=8, verbose_name='between')),
                        ('kind', models.CharField(choices=[('missing', 'Missing'), ('extra', 'Extra'), ('amount', 'Other amount'), ('status', 'Other event'), ('timing', 'Other time')], max_length=7, verbose_name='kind')),
                        ('key', models.CharField(max_length=200, verbose_name='key')),
                        ('subject', models.CharField(max_length=200, verbose_name='about')),
                        ('expected_fen', models.BigIntegerField(null=True, verbose_name='expected (fen)')),
                        ('found_fen', models.BigIntegerField(null=True, verbose_name='found (fen)')),
                        ('expected', models.CharField(blank=True, max_length=60, verbose_name='expected')),
                        ('found', models.CharField(blank=True, max_length=60, verbose_name='found')),
                        ('event', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revenue.orderevent', verbose_name='event')),
                        ('bank_row', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revenue.bankrow', verbose_name='bank row')),
                        ('url', models.CharField(blank=True, max_length=200, verbose_name='where it is shown')),
                        ('status', models.CharField(choices=[('open', 'Open'), ('resolved', 'Resolved'), ('gone', 'Gone')], default='open', max_length=8, verbose_name='status')),
                        ('found_at', models.DateTimeField(verbose_name='first found at')),
                        ('seen_at', models.DateTimeField(verbose_name='last found at')),
                        ('gone_at', models.DateTimeField(null=True, verbose_name='gone at')),
                        ('resolved_at', models.DateTimeField(null=True, verbose_name='resolved at')),
                        ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resolved by')),
                        ('why', models.CharField(blank=True, max_length=300, verbose_name='why')),
                        ('document', models.CharField(blank=True, max_length=60, verbose_name='by which document')),
                    ],
                    options={
                        'verbose_name': 'difference of a day',
                        'verbose_name_plural': 'differences of days',
                        'permissions': [('resolve_difference', 'Can resolve differences of days')],
                        'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['found_at'], name='difference_open_since')],
                        'constraints': [models.UniqueConstraint(fields=('day', 'between', 'kind', 'key'), name='difference_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('gone_at', None), ('resolved_at', None), ('status', 'open'), ('why', '')), models.Q(('document', ''), ('gone_at__isnull', False), ('resolved_at', None), ('status', 'gone'), ('why', '')), models.Q(('resolved_at__isnull', False), ('status', 'resolved'), models.Q(('why', ''), _negated=True)), _connector='OR'), name='difference_status_has_its_facts'), models.CheckConstraint(condition=models.Q(('resolved_by', None), ('resolved_at__isnull', False), _connector='OR'), name='difference_resolver_has_time')],
                    },
                ),
                migrations.CreateModel(
                    name='DifferenceStep',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('difference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='reconciliation.difference')),
                        ('kind', models.CharField(choices=[('resolved', 'Resolved'), ('reopened', 'Opened again'), ('gone', 'Gone at a count'), ('back', 'Back at a count')], max_length=8, verbose_name='what happened')),
                        ('at', models.DateTimeField(verbose_name='at')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('why', models.CharField(blank=True, max_length=300, verbose_name='why')),
                        ('document', models.CharField(blank=True, max_length=60, verbose_name='by which document')),
                    ],
                    options={
                        'verbose_name': 'step of a difference',
                        'verbose_name_plural': 'steps of differences',
                        'ordering': ('pk',),
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['gone', 'back']), models.Q(('why', ''), _negated=True), _connector='OR'), name='difference_step_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Listing',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='revenue.feed', verbose_name='feed')),
                        ('day', models.DateField(verbose_name='day')),
                        ('brought_at', models.DateTimeField(verbose_name='brought at')),
                        ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='brought by')),
                        ('dropped_at', models.DateTimeField(null=True, verbose_name='dropped at')),
                        ('dropped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': "upstream's list of a day",
                        'verbose_name_plural': "upstreams' lists of days",
                        'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_at', None)), fields=('feed', 'day'), name='listing_one_stands')],
                    },
                ),
                migrations.CreateModel(
                    name='ListedEvent',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('listing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='reconciliation.listing', verbose_name='list')),
                        ('key', models.CharField(max_length=200, verbose_name='key')),
                        ('event_id', models.CharField(blank=True, max_length=64, verbose_name='event')),
                        ('order', models.CharField(max_length=64, verbose_name='order')),
                        ('line', models.CharField(max_length=32, verbose_name='line')),
                        ('kind', models.CharField(choices=[('paid', 'Paid'), ('settled', 'Settled'), ('refunded', 'Refunded')], max_length=8, verbose_name='what happened')),
                        ('phase', models.PositiveIntegerField(default=0, verbose_name='phase')),
                        ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                        ('occurred_at', models.DateTimeField(verbose_name='occurred at')),
                    ],
                    options={
                        'verbose_name': 'listed event',
                        'verbose_name_plural': 'listed events',
                        'constraints': [models.UniqueConstraint(fields=('listing', 'key'), name='listed_event_once'), models.CheckConstraint(condition=models.Q(('amount_fen__gte', 0)), name='listed_event_amount')],
                    },
                ),
                migrations.CreateModel(
                    name='BankMatch',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='revenue.bankrow', verbose_name='bank row')),
                        ('source', models.CharField(max_length=20, verbose_name='of')),
                        ('key', models.CharField(max_length=80, verbose_name='payment')),
                        ('how', models.CharField(choices=[('person', 'By a person'), ('reference', 'By its number'), ('name', 'By name and amount')], max_length=9, verbose_name='known')),
                        ('matched_at', models.DateTimeField(verbose_name='matched at')),
                        ('matched_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='matched by')),
                        ('ended_at', models.DateTimeField(null=True, verbose_name='taken back at')),
                    ],
                    options={
                        'verbose_name': 'match of a bank row',
                        'verbose_name_plural': 'matches of bank rows',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('row',), name='bank_row_matched_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('source', 'key'), name='payment_matched_once')],
                    },
                ),
            ],
        ),
    ]

