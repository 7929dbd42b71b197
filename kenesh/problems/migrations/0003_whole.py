import django.db.models.deletion
import kenesh.kernel.codes
import kenesh.problems.models
import kenesh.themes.texts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('problems', '0001_initial'), ('problems', '0002_quotations'), ('problems', '0003_trends')]

    initial = True

    dependencies = [
        ('library', '0002_whole'),
        ('people', '0002_whole'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndedQuotation',
            fields=[
                ('id', models.BigIntegerField(default=kenesh.problems.models.random_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(editable=False, max_length=8, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed', models.BinaryField(max_length=1200)),
            ],
            options={
                'verbose_name_plural': 'waiting',
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=80)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('period_start', models.DateField()),
                ('period_months', models.PositiveSmallIntegerField()),
                ('persons', models.PositiveIntegerField()),
                ('frozen_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['concept', 'period_start'], name='block_by_concept'), models.Index(fields=['origin', 'destination', 'period_start'], name='block_by_corridor')],
                'constraints': [models.UniqueConstraint(fields=('concept', 'origin', 'destination', 'region', 'period_start', 'period_months'), name='block_once'), models.CheckConstraint(condition=models.Q(('persons__gte', 5)), name='block_of_at_least_five'), models.CheckConstraint(condition=models.Q(('period_months__in', (1, 3, 6, 12, 60))), name='block_of_a_known_period')],
            },
        ),
        migrations.CreateModel(
            name='Problem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('title', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('statement', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('affected', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('since', models.CharField(blank=True, max_length=10)),
                ('tried', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('law', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('status', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Taken up'), ('deferred', 'Put off'), ('merged', 'Joined to another'), ('closed', 'Closed')], default='proposed', max_length=20)),
                ('reason', models.TextField(blank=True, max_length=2000)),
                ('version', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('created_on', models.DateField()),
                ('accepted_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='problems.problem')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['status', '-accepted_on', '-id'], name='problem_public_list'), models.Index(fields=['body', 'status', '-id'], name='problem_work_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into__isnull', True)), _connector='OR'), name='problem_merged_into_one'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'closed']), _negated=True), ('accepted_on__isnull', False), _connector='OR'), name='problem_accepted_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('status', 'closed')), models.Q(models.Q(('status', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='problem_closed_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='ProblemCorridor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corridors', to='problems.problem')),
            ],
            options={
                'indexes': [models.Index(fields=['origin', 'problem'], name='problem_by_origin'), models.Index(fields=['destination', 'problem'], name='problem_by_destination')],
                'constraints': [models.UniqueConstraint(fields=('problem', 'origin', 'destination'), name='problem_corridor_once'), models.CheckConstraint(condition=models.Q(('destination', ''), ('origin', ''), _negated=True), name='problem_corridor_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='ProblemDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.document')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='problems.problem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('problem', 'document'), name='problem_document_once')],
            },
        ),
        migrations.CreateModel(
            name='ProblemTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=80)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='problems.problem')),
            ],
            options={
                'indexes': [models.Index(fields=['concept', 'problem'], name='problem_by_theme')],
                'constraints': [models.UniqueConstraint(fields=('problem', 'concept'), name='problem_theme_once')],
            },
        ),
        migrations.CreateModel(
            name='ProblemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='problems.problem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('problem', 'number'), name='problem_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Quotation',
            fields=[
                ('id', models.BigIntegerField(default=kenesh.problems.models.random_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(editable=False, max_length=8, unique=True)),
                ('texts', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('language', models.CharField(max_length=2)),
                ('who', models.CharField(choices=[('worker', 'Somebody who works abroad'), ('building', 'Somebody who works on a building site'), ('factory', 'Somebody who works in a factory or a warehouse'), ('farm', 'Somebody who works on a farm'), ('trade', 'Somebody who works in a shop or at a market'), ('kitchen', 'Somebody who works in a kitchen or a hotel'), ('cleaning', 'Somebody who cleans'), ('driving', 'Somebody who drives or delivers'), ('household', 'Somebody who works in a home'), ('relative', 'A relative of somebody who works abroad')], max_length=12)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('month', models.DateField()),
                ('handle', models.BinaryField(max_length=16, unique=True)),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotations', to='problems.problem')),
            ],
            options={
                'indexes': [models.Index(fields=['problem', '-month', 'code'], name='quotation_of_problem')],
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='quotation_of_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='problems.problem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('problem', 'organisation'), name='support_once')],
            },
        ),
        migrations.CreateModel(
            name='Trend',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=80)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('first_month', models.DateField()),
                ('months', models.JSONField()),
                ('persons', models.PositiveIntegerField()),
                ('growing_since', models.DateField(null=True)),
                ('chance', models.FloatField(null=True)),
                ('place', models.PositiveIntegerField(unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['origin', 'destination', 'place'], name='trend_by_corridor'), models.Index(fields=['concept', 'place'], name='trend_by_concept')],
                'constraints': [models.UniqueConstraint(fields=('concept', 'origin', 'destination'), name='trend_once'), models.CheckConstraint(condition=models.Q(models.Q(('chance__isnull', True), ('growing_since__isnull', True)), models.Q(('chance__isnull', False), ('growing_since__isnull', False)), _connector='OR'), name='trend_grows_with_a_chance')],
            },
        ),
    ]
