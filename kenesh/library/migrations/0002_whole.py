import django.db.models.deletion
import kenesh.kernel.codes
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('library', '0001_initial'), ('library', '0002_checking')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('brought_at', models.DateTimeField(auto_now_add=True)),
                ('stopped', models.BooleanField(default=False)),
                ('request_key', models.UUIDField(editable=False, unique=True)),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'batches',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('source', models.CharField(max_length=300)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('language', models.CharField(blank=True, max_length=3)),
                ('script', models.CharField(blank=True, max_length=4)),
                ('kind', models.CharField(choices=[('meeting', 'Meeting'), ('founding', 'Founding of a body'), ('conference', 'Conference'), ('round_table', 'Round table'), ('workshop', 'Workshop'), ('launch', 'Start of a project'), ('review_dialogue', 'Dialogue with a UN committee'), ('summary_record', 'Summary record of a UN committee'), ('list_of_issues', 'List of issues of a UN committee'), ('concluding_observations', 'Concluding observations of a UN committee'), ('announcement', 'Announcement'), ('statistics', 'Statistics'), ('news', 'News')], default='news', max_length=30)),
                ('countries', models.JSONField(default=list)),
                ('date_start', models.CharField(blank=True, max_length=10)),
                ('date_end', models.CharField(blank=True, max_length=10)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('text', models.TextField()),
                ('furniture', models.JSONField(default=list)),
                ('found', models.JSONField(default=dict)),
                ('imported_on', models.DateField()),
                ('original', models.CharField(blank=True, max_length=64)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('is_newest', models.BooleanField(default=True)),
                ('resemblance', models.FloatField(blank=True, null=True)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later_versions', to='library.document')),
                ('resembles', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='library.document')),
            ],
            options={
                'indexes': [models.Index(fields=['language', '-id'], name='document_by_language'), models.Index(fields=['checked_at', '-id'], name='document_by_checking')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='document_has_text'), models.CheckConstraint(condition=models.Q(('sha256', ''), _negated=True), name='document_has_digest')],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('field', models.CharField(max_length=20)),
                ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('corrected', 'Corrected'), ('rejected', 'Rejected'), ('added', 'Added by hand')], max_length=10)),
                ('read', models.JSONField(default=dict)),
                ('confirmed', models.JSONField(default=dict)),
                ('target', models.CharField(blank=True, max_length=60)),
                ('made', models.JSONField(default=list)),
                ('decided_at', models.DateTimeField(auto_now_add=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='library.document')),
            ],
            options={
                'indexes': [models.Index(fields=['target'], name='confirmation_target')],
                'constraints': [models.UniqueConstraint(fields=('document', 'key'), name='confirmation_once'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'rejected'), _negated=True), ('target', ''), _connector='OR'), name='confirmation_rejected_is_nothing')],
            },
        ),
        migrations.CreateModel(
            name='DocumentBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.BigIntegerField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='library.document')),
            ],
            options={
                'indexes': [models.Index(fields=['band'], name='document_band')],
            },
        ),
        migrations.CreateModel(
            name='DocumentCountry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_countries', to='library.document')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('country', 'document'), name='document_country_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=60)),
                ('score', models.FloatField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='library.document')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('concept', 'document'), name='document_theme_once')],
            },
        ),
        migrations.CreateModel(
            name='FieldCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20)),
                ('language', models.CharField(blank=True, max_length=3)),
                ('right', models.PositiveIntegerField(default=0)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('missed', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('field', 'language'), name='field_count_once')],
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('value', models.DecimalField(decimal_places=6, max_digits=26)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('what', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='library.document')),
            ],
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=300)),
                ('stored', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('reading', 'Being read'), ('read', 'Read'), ('known', 'Already in the library'), ('failed', 'Could not be read')], default='waiting', max_length=10)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='library.batch')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='library.document')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='incoming_waiting')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='incoming_once')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('number', models.CharField(blank=True, max_length=20)),
                ('text', models.TextField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='library.document')),
            ],
        ),
    ]
