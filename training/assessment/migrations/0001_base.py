"""Questions, quizzes, attempts, assignments, works, marks and feedback."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from portal.core.database import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0004_audit_of_party'),
        ('courses', '0001_base'),
        ('learning', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Quiz',
            fields=[
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='quiz', serialize=False, to='courses.course', verbose_name='course')),
                ('questions', models.PositiveSmallIntegerField(verbose_name='questions asked')),
                ('pass_mark', models.PositiveSmallIntegerField(verbose_name='pass mark (%)')),
                ('attempts', models.PositiveSmallIntegerField(verbose_name='attempts')),
                ('wait_hours', models.PositiveSmallIntegerField(default=0, verbose_name='hours between attempts')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'quiz of a course',
                'verbose_name_plural': 'quizzes of courses',
                'constraints': [models.CheckConstraint(condition=models.Q(('attempts__range', (1, 20)), ('minutes__range', (1, 300)), ('pass_mark__range', (1, 100)), ('questions__range', (1, 100)), ('wait_hours__lte', 720)), name='quiz_figures')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('course', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='assignment', serialize=False, to='courses.course')),
                ('brief_zh', models.TextField(max_length=6000, verbose_name='Chinese brief')),
                ('brief_en', models.TextField(max_length=12000, verbose_name='English brief')),
                ('pass_mark', models.PositiveSmallIntegerField(verbose_name='pass mark (%)')),
                ('apart', models.PositiveSmallIntegerField(verbose_name='a third marker from a difference above (%)')),
                ('attempts', models.PositiveSmallIntegerField(verbose_name='attempts')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days for marking')),
                ('changed_at', models.DateTimeField(verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'assignment of a course',
                'verbose_name_plural': 'assignments of courses',
                'constraints': [models.CheckConstraint(condition=models.Q(('apart__range', (1, 100)), ('attempts__range', (1, 10)), ('days__range', (1, 60)), ('pass_mark__range', (1, 100))), name='assignment_figures')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('started_at', models.DateTimeField(verbose_name='started at')),
                ('due_at', models.DateTimeField(verbose_name='time until')),
                ('pass_mark', models.PositiveSmallIntegerField(verbose_name='pass mark (%)')),
                ('asked', models.PositiveSmallIntegerField(verbose_name='questions asked')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='handed in at')),
                ('ended_by', models.CharField(blank=True, choices=[('learner', 'Handed in'), ('clock', 'Time was over')], max_length=7, verbose_name='ended by')),
                ('right', models.PositiveSmallIntegerField(null=True, verbose_name='right answers')),
                ('is_passed', models.BooleanField(null=True, verbose_name='passed')),
                ('quiz', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.quiz')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='learning.enrolment')),
            ],
            options={
                'verbose_name': 'attempt at a quiz',
                'verbose_name_plural': 'attempts at quizzes',
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.SlugField(max_length=40, verbose_name='code')),
                ('kind', models.CharField(choices=[('single', 'One is right'), ('multiple', 'Several are right'), ('true_false', 'True or false')], max_length=10, verbose_name='kind')),
                ('topic', models.CharField(choices=[('onboarding', 'Opening and onboarding'), ('live_room', 'Live rooms'), ('short_video', 'Short video'), ('ads', 'Paid ads'), ('product', 'Products and supply'), ('creators', 'Working with creators'), ('service', 'After-sales and service'), ('compliance', 'Compliance'), ('data', 'Data and method'), ('team', 'Team'), ('money', 'Money and statements')], max_length=12, verbose_name='topic')),
                ('text_zh', models.TextField(max_length=600, verbose_name='Chinese question')),
                ('text_en', models.TextField(max_length=1200, verbose_name='English question')),
                ('options_zh', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None, verbose_name='Chinese options')),
                ('options_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), size=None, verbose_name='English options')),
                ('right', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='right options')),
                ('explanation_zh', models.TextField(max_length=600, verbose_name='Chinese explanation')),
                ('explanation_en', models.TextField(max_length=1200, verbose_name='English explanation')),
                ('created_at', models.DateTimeField(verbose_name='created at')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='retired at')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='courses.course')),
            ],
            options={
                'verbose_name': 'question of a quiz',
                'verbose_name_plural': 'questions of quizzes',
            },
        ),
        migrations.CreateModel(
            name='AskedQuestion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('order', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='order of the options')),
                ('answer', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), null=True, size=None, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                ('is_right', models.BooleanField(null=True, verbose_name='right')),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_questions', to='assessment.attempt')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_in', to='assessment.question')),
            ],
            options={
                'verbose_name': 'question that was asked',
                'verbose_name_plural': 'questions that were asked',
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                ('text', models.TextField(blank=True, max_length=10000, verbose_name='text')),
                ('handed_in_at', models.DateTimeField(verbose_name='handed in at')),
                ('status', models.CharField(choices=[('waiting', 'Being marked'), ('marked', 'Marked')], default='waiting', max_length=7, verbose_name='status')),
                ('score', models.PositiveSmallIntegerField(null=True, verbose_name='score (basis points)')),
                ('is_passed', models.BooleanField(null=True, verbose_name='passed')),
                ('marked_at', models.DateTimeField(null=True, verbose_name='marked at')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='assessment.assignment')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='learning.enrolment')),
            ],
            options={
                'verbose_name': 'practical work',
                'verbose_name_plural': 'practical works',
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField(verbose_name='place')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('due_at', models.DateTimeField(verbose_name='mark until')),
                ('points', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), null=True, size=None, verbose_name='points')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='words for the learner')),
                ('given_at', models.DateTimeField(null=True, verbose_name='marked at')),
                ('marker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to=settings.AUTH_USER_MODEL)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='assessment.work')),
            ],
            options={
                'verbose_name': 'mark of a work',
                'verbose_name_plural': 'marks of works',
            },
        ),
        migrations.CreateModel(
            name='WorkFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='assessment.work')),
            ],
            options={
                'verbose_name': 'file of a work',
                'verbose_name_plural': 'files of works',
                'ordering': ('work', 'position'),
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('text_zh', models.CharField(max_length=200, verbose_name='Chinese criterion')),
                ('text_en', models.CharField(max_length=300, verbose_name='English criterion')),
                ('points', models.PositiveSmallIntegerField(verbose_name='points')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='assessment.assignment')),
            ],
            options={
                'verbose_name': 'criterion of an assignment',
                'verbose_name_plural': 'criteria of assignments',
                'ordering': ('assignment', 'position'),
                'constraints': [models.UniqueConstraint(fields=('assignment', 'position'), name='criterion_once'), models.CheckConstraint(condition=models.Q(('points__range', (1, 100))), name='criterion_points')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='feedback', serialize=False, to='learning.enrolment')),
                ('stars', models.PositiveSmallIntegerField(verbose_name='stars')),
                ('words', models.CharField(blank=True, max_length=600, verbose_name='words')),
                ('given_at', models.DateTimeField(verbose_name='given at')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='courses.session')),
            ],
            options={
                'verbose_name': 'feedback on a course',
                'verbose_name_plural': 'feedback on courses',
                'constraints': [models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='course_feedback_stars')],
            },
        ),
        migrations.CreateModel(
            name='Marker',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='markers', to='assessment.assignment')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks_for', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'marker',
                'verbose_name_plural': 'markers',
                'constraints': [models.UniqueConstraint(fields=('assignment', 'user'), name='marker_once')],
            },
        ),
            ]
        ),
        Together(
            [
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['course', 'code'], name='question_of_course'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('course', 'code'), name='question_code_once'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('options_en__len', models.F('options_zh__len')), ('options_zh__len__range', (2, 8)), ('right__len__gte', 1)), name='question_has_options'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'multiple'), models.Q(('kind', 'single'), ('right__len', 1)), models.Q(('kind', 'true_false'), ('options_zh__len', 2), ('right__len', 1)), _connector='OR'), name='question_of_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='askedquestion',
            constraint=models.UniqueConstraint(fields=('attempt', 'position'), name='asked_in_its_place'),
        ),
        migrations.AddConstraint(
            model_name='askedquestion',
            constraint=models.UniqueConstraint(fields=('attempt', 'question'), name='asked_once'),
        ),
        migrations.AddConstraint(
            model_name='askedquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', None), ('answered_at', None)), models.Q(('answer__isnull', False), ('answered_at__isnull', False)), _connector='OR'), name='asked_answer_has_its_time'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(condition=models.Q(('submitted_at', None)), fields=['due_at'], name='attempt_running_until'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('enrolment', 'number'), name='attempt_numbered'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at', None)), fields=('enrolment',), name='attempt_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(('asked__gte', 1), ('due_at__gt', models.F('started_at')), ('number__gte', 1)), name='attempt_in_order'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by', ''), ('is_passed', None), ('right', None), ('submitted_at', None)), models.Q(('ended_by__in', ['learner', 'clock']), ('is_passed__isnull', False), ('right__lte', models.F('asked')), ('submitted_at__gte', models.F('started_at'))), _connector='OR'), name='attempt_end_has_its_facts'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(fields=['status', 'handed_in_at'], name='work_by_status'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(fields=('enrolment', 'number'), name='work_numbered'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('enrolment',), name='work_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_passed', None), ('marked_at', None), ('score', None), ('status', 'waiting')), models.Q(('is_passed__isnull', False), ('marked_at__gte', models.F('handed_in_at')), ('score__lte', 10000), ('status', 'marked')), _connector='OR'), name='work_status_has_its_facts'),
        ),
        migrations.AddIndex(
            model_name='mark',
            index=models.Index(condition=models.Q(('given_at', None)), fields=['marker', 'due_at'], name='mark_to_give'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('work', 'marker'), name='mark_once_a_marker'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('work', 'place'), name='mark_in_its_place'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('place__range', (1, 3))), name='mark_of_three'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_at', None), ('points', None), ('words', '')), models.Q(('given_at__isnull', False), ('points__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='mark_given_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='workfile',
            constraint=models.UniqueConstraint(fields=('work', 'position'), name='work_file_once'),
        ),
    ])]
