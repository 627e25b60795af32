import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import portal.core.database
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0004_audit_of_party'),
        ('parties', '0012_issued_certificates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('revenue', '0008_channel_turnover'),
    ]

    operations = [
        portal.core.database.Together(
            operations=[
                migrations.CreateModel(
                    name='TaxTable',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('vat_general', 'VAT of general taxpayers, on services'), ('vat_small', 'VAT of small-scale taxpayers'), ('vat_person', 'VAT of natural persons'), ('labour', "Withholding from natural persons' pay"), ('invoice_days', 'Days to issue an invoice after it is asked for')], max_length=12, verbose_name='table')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('body', models.JSONField(verbose_name='figures')),
                        ('source', models.CharField(max_length=200, verbose_name='where it is from')),
                        ('checked_on', models.DateField(verbose_name='last looked at')),
                        ('status', models.CharField(choices=[('proposed', 'Waiting for the second person'), ('approved', 'Approved'), ('refused', 'Refused')], default='proposed', max_length=8, verbose_name='status')),
                        ('proposed_at', models.DateTimeField(verbose_name='proposed at')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='second person')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                    ],
                    options={
                        'verbose_name': 'table of tax',
                        'verbose_name_plural': 'tables of tax',
                        'permissions': [('propose_taxtable', 'Can propose tables of tax'), ('approve_taxtable', 'Can approve tables of tax')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'refused'), _negated=True), fields=('kind', 'starts_on'), name='tax_table_once_a_day'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='tax_table_has_source'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='tax_table_decided'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'approved'), _negated=True), models.Q(('decided_by', None), ('proposed_by', None)), models.Q(('decided_by__isnull', False), ('proposed_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='tax_table_second_person')],
                    },
                ),
                migrations.CreateModel(
                    name='TaxProfile',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('kind', models.CharField(blank=True, choices=[('company', 'Company'), ('trader', 'Sole trader'), ('person', 'Natural person')], max_length=7, verbose_name='kind')),
                        ('taxpayer', models.CharField(choices=[('general', 'General taxpayer'), ('small', 'Small-scale taxpayer')], max_length=7, verbose_name='taxpayer')),
                        ('said_at', models.DateTimeField(verbose_name='at')),
                        ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.party', verbose_name='party')),
                        ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ],
                    options={
                        'verbose_name': 'tax profile',
                        'verbose_name_plural': 'tax profiles',
                        'indexes': [models.Index(fields=['party', '-starts_on'], name='tax_profile_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['', 'company', 'trader', 'person']), ('taxpayer__in', ['general', 'small'])), name='tax_profile_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Title',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(unique=True, verbose_name='from')),
                        ('name', models.CharField(max_length=80, verbose_name='registered name')),
                        ('tax_number', models.CharField(max_length=20, verbose_name='taxpayer number')),
                    ],
                    options={
                        'verbose_name': "platform's name on invoices",
                        'verbose_name_plural': "platform's names on invoices",
                        'ordering': ['-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('tax_number__regex', '^[0-9A-Z]{15,20}$')), name='title_is_said')],
                    },
                ),
                migrations.CreateModel(
                    name='InvoiceDue',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('month', models.DateField(verbose_name='month')),
                        ('title', models.CharField(max_length=80, verbose_name='for')),
                        ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                        ('red_fen', models.BigIntegerField(default=0, verbose_name='to be taken back (fen)')),
                        ('matched_fen', models.BigIntegerField(default=0, verbose_name='invoiced (fen)')),
                        ('reversed_fen', models.BigIntegerField(default=0, verbose_name='taken back (fen)')),
                        ('rate_bp', models.PositiveSmallIntegerField(null=True, verbose_name='rate (basis points)')),
                        ('status', models.CharField(choices=[('asked', 'Invoice due'), ('red', 'Red-letter invoice due'), ('matched', 'Complete'), ('void', 'Nothing to invoice')], default='asked', max_length=7, verbose_name='status')),
                        ('asked_at', models.DateTimeField(verbose_name='asked at')),
                        ('due_on', models.DateField(verbose_name='due on')),
                        ('told_late_at', models.DateTimeField(null=True, verbose_name='reminded at')),
                        ('bill', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoice_due', to='revenue.bill', verbose_name='bill')),
                        ('issuer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices_to_issue', to='parties.party', verbose_name='issuer')),
                        ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoices_to_come', to='parties.party', verbose_name='recipient')),
                    ],
                    options={
                        'verbose_name': 'invoice due',
                        'verbose_name_plural': 'invoices due',
                        'indexes': [models.Index(fields=['issuer', '-due_on'], name='invoice_due_of_issuer'), models.Index(fields=['recipient', '-due_on'], name='invoice_due_of_recipient')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('red_fen__gte', 0), ('reversed_fen__gte', 0), ('matched_fen__lte', models.F('amount_fen')), ('red_fen__lte', models.F('amount_fen')), ('month__day', 1), ('reversed_fen__lte', models.F('matched_fen'))), name='invoice_due_sums'), models.CheckConstraint(condition=models.Q(('recipient', None), models.Q(('recipient', models.F('issuer')), _negated=True), _connector='OR'), name='invoice_due_two_sides'), models.CheckConstraint(condition=models.Q(models.Q(('matched_fen__lt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '-', models.F('red_fen')), '+', models.F('reversed_fen'))), ('status', 'asked')), models.Q(('matched_fen__gt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '-', models.F('red_fen')), '+', models.F('reversed_fen'))), ('status', 'red')), models.Q(('matched_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '-', models.F('red_fen')), '+', models.F('reversed_fen'))), ('status', 'matched'), ('amount_fen__gt', models.F('red_fen'))), models.Q(('amount_fen', models.F('red_fen')), ('matched_fen', models.F('reversed_fen')), ('status', 'void')), _connector='OR'), name='invoice_due_status_is_its_sums')],
                    },
                ),
                migrations.CreateModel(
                    name='Invoice',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                        ('number', models.CharField(max_length=20, verbose_name='invoice number')),
                        ('is_special', models.BooleanField(verbose_name='special VAT invoice')),
                        ('issued_on', models.DateField(verbose_name='issued on')),
                        ('seller_name', models.CharField(max_length=120, verbose_name='seller')),
                        ('seller_tax', models.CharField(max_length=20, verbose_name="seller's number")),
                        ('buyer_name', models.CharField(max_length=120, verbose_name='buyer')),
                        ('buyer_tax', models.CharField(blank=True, max_length=20, verbose_name="buyer's number")),
                        ('exclusive_fen', models.BigIntegerField(verbose_name='without tax (fen)')),
                        ('tax_fen', models.BigIntegerField(verbose_name='tax (fen)')),
                        ('inclusive_fen', models.BigIntegerField(verbose_name='with tax (fen)')),
                        ('reverses', models.CharField(blank=True, max_length=20, verbose_name='takes back invoice')),
                        ('differences', models.JSONField(default=list, verbose_name='differences')),
                        ('status', models.CharField(choices=[('received', 'Received, does not fit'), ('matched', 'Matched'), ('returned', 'Returned')], max_length=8, verbose_name='status')),
                        ('received_at', models.DateTimeField(verbose_name='received at')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='why')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                        ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='invoicing.invoicedue', verbose_name='invoice due')),
                    ],
                    options={
                        'verbose_name': 'invoice',
                        'verbose_name_plural': 'invoices',
                        'permissions': [('judge_invoice', 'Can accept and return invoices to the platform'), ('export_identities', 'Can take identities and incomes of a quarter out')],
                        'indexes': [models.Index(fields=['due', '-received_at'], name='invoice_of_due')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'returned'), _negated=True), fields=('number',), name='invoice_number_once'), models.CheckConstraint(condition=models.Q(('inclusive_fen', django.db.models.expressions.CombinedExpression(models.F('exclusive_fen'), '+', models.F('tax_fen'))), models.Q(('inclusive_fen', 0), _negated=True)), name='invoice_adds_up'), models.CheckConstraint(condition=models.Q(models.Q(('inclusive_fen__gt', 0), ('reverses', '')), models.Q(('inclusive_fen__lt', 0), models.Q(('reverses', ''), _negated=True)), _connector='OR'), name='invoice_red_names_its_blue'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('note', ''), ('status', 'received'), models.Q(('differences', []), _negated=True)), models.Q(('decided_at__isnull', False), ('status', 'matched'), models.Q(('differences', []), models.Q(('note', ''), _negated=True), _connector='OR')), models.Q(('decided_at__isnull', False), ('status', 'returned'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='invoice_decided')],
                    },
                ),
                migrations.CreateModel(
                    name='InvoiceLine',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=120, verbose_name='item')),
                        ('exclusive_fen', models.BigIntegerField(verbose_name='without tax (fen)')),
                        ('rate_bp', models.PositiveSmallIntegerField(verbose_name='rate (basis points)')),
                        ('tax_fen', models.BigIntegerField(verbose_name='tax (fen)')),
                        ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoicing.invoice')),
                    ],
                    options={
                        'verbose_name': 'line of an invoice',
                        'verbose_name_plural': 'lines of invoices',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='VoucherTemplate',
                    fields=[
                        ('code', models.SlugField(max_length=20, primary_key=True, serialize=False, verbose_name='code')),
                        ('name', models.CharField(max_length=40, verbose_name='name')),
                        ('word', models.CharField(max_length=4, verbose_name='kind of voucher')),
                        ('columns', models.JSONField(verbose_name='columns')),
                    ],
                    options={
                        'verbose_name': 'voucher template',
                        'verbose_name_plural': 'voucher templates',
                        'ordering': ['code'],
                        'permissions': [('export_vouchers', 'Can take vouchers out')],
                    },
                ),
                migrations.CreateModel(
                    name='VoucherAccount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=12, verbose_name='ledger account')),
                        ('code', models.CharField(max_length=20, verbose_name='account code')),
                        ('name', models.CharField(max_length=60, verbose_name='account name')),
                        ('is_by_party', models.BooleanField(default=True, verbose_name='names the party')),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='invoicing.vouchertemplate', verbose_name='template')),
                    ],
                    options={
                        'verbose_name': 'account of a voucher template',
                        'verbose_name_plural': 'accounts of voucher templates',
                        'ordering': ['template', 'code'],
                        'constraints': [models.UniqueConstraint(fields=('template', 'kind'), name='voucher_account_once'), models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9.]+$')), name='voucher_account_has_code')],
                    },
                ),
                migrations.CreateModel(
                    name='AgedBalance',
                    fields=[
                        ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='parties.party', verbose_name='party')),
                        ('amount_fen', models.BigIntegerField(verbose_name='amount (fen)')),
                        ('since', models.DateField(verbose_name='open since')),
                        ('day', models.DateField(verbose_name='as of')),
                        ('buckets', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=6, verbose_name='by age')),
                        ('counted_at', models.DateTimeField(verbose_name='counted at')),
                    ],
                    options={
                        'verbose_name': 'aged balance',
                        'verbose_name_plural': 'aged balances',
                        'indexes': [models.Index(fields=['amount_fen', 'party'], name='aged_by_amount')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='aged_balance_is_open'), models.CheckConstraint(condition=models.Q(('buckets__len', 6), ('since__day', 1)), name='aged_balance_has_buckets')],
                    },
                ),
            ],
        ),
    ]
