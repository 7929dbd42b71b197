import kenesh.kernel.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('concept', models.CharField(max_length=60)),
                ('language', models.CharField(max_length=8)),
                ('kind', models.CharField(choices=[('synonym', 'One more word for it'), ('label', 'A better name for it')], default='synonym', max_length=8)),
                ('text', models.CharField(max_length=120)),
                ('compared', models.CharField(editable=False, max_length=120)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('confirmed', 'In use'), ('rejected', 'Rejected')], default='waiting', max_length=9)),
                ('proposed_by', models.CharField(max_length=60)),
                ('proposed_on', models.DateField()),
                ('decided_by', models.CharField(blank=True, max_length=60)),
                ('decided_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['status', '-id'], name='proposal_by_status')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'rejected'), _negated=True), fields=('concept', 'language', 'kind', 'compared'), name='proposal_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', ''), ('decided_on__isnull', True), ('status', 'waiting')), models.Q(models.Q(('status', 'waiting'), _negated=True), models.Q(('decided_by', ''), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='proposal_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='UnknownWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=93)),
                ('language', models.CharField(max_length=8)),
                ('month', models.DateField()),
                ('count', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['month', '-count', 'id'], name='unknown_words_most_asked')],
                'constraints': [models.UniqueConstraint(fields=('month', 'language', 'words'), name='unknown_words_once_a_month')],
            },
        ),
    ]
