"""A claim may wait for an answer."""

from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0003_guards'),
        ('seats', '0002_guards'),
    ]

    operations = [
        Together([
        migrations.RemoveConstraint(
            model_name='claim',
            name='seat_claim_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='seat_claim_status_has_its_facts',
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='seat_claim_ended_has_time',
        ),
        migrations.AlterField(
            model_name='claim',
            name='status',
            field=models.CharField(choices=[('submitted', 'Being looked at'), ('asked', 'Your answer is needed'), ('waiting', 'On the waitlist'), ('held', 'Held'), ('offered', 'Seat offered'), ('confirmed', 'Seat confirmed'), ('present', 'Checked in'), ('absent', 'Did not come'), ('rejected', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('expired', 'Not taken up in time'), ('cancelled', 'Cancelled')], max_length=9, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='step',
            name='status',
            field=models.CharField(choices=[('submitted', 'Being looked at'), ('asked', 'Your answer is needed'), ('waiting', 'On the waitlist'), ('held', 'Held'), ('offered', 'Seat offered'), ('confirmed', 'Seat confirmed'), ('present', 'Checked in'), ('absent', 'Did not come'), ('rejected', 'Not accepted'), ('withdrawn', 'Withdrawn'), ('expired', 'Not taken up in time'), ('cancelled', 'Cancelled')], max_length=9, verbose_name='status'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['absent', 'asked', 'confirmed', 'held', 'offered', 'present', 'submitted', 'waiting'])), fields=('occasion', 'party'), name='seat_claim_one_open'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at', None), ('seated_at', None), ('status__in', ['submitted', 'asked'])), models.Q(('due_at', None), ('place__isnull', False), ('seated_at', None), ('status', 'waiting')), models.Q(('due_at__isnull', False), ('seated_at', None), ('status__in', ['held', 'offered'])), models.Q(('seated_at__isnull', False), ('status__in', ['confirmed', 'present', 'absent']), ('due_at', None)), ('status__in', ['rejected', 'withdrawn', 'expired', 'cancelled']), _connector='OR'), name='seat_claim_status_has_its_facts'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status__in', ['absent', 'asked', 'confirmed', 'held', 'offered', 'present', 'submitted', 'waiting'])), models.Q(models.Q(('status__in', ['absent', 'asked', 'confirmed', 'held', 'offered', 'present', 'submitted', 'waiting']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='seat_claim_ended_has_time'),
        ),
        ]),
    ]
