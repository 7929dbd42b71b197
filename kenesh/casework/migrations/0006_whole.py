import datetime
import django.core.validators
import django.db.models.deletion
import kenesh.kernel.codes
import kenesh.themes.texts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('casework', '0001_initial'), ('casework', '0002_casework_release'), ('casework', '0003_registers'), ('casework', '0004_counted_in_memory'), ('casework', '0005_lists'), ('casework', '0006_undo_ends')]

    initial = True

    dependencies = [
        ('appeals', '0005_whole'),
        ('people', '0002_whole'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='IndexEntry',
            fields=[
                ('label', models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(max_length=5000)),
            ],
        ),
        migrations.CreateModel(
            name='CalendarLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('whose', models.CharField(choices=[('mine', 'Cases on which I work'), ('office', 'All cases of my offices')], default='mine', max_length=8)),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('made_on', models.DateField()),
                ('revoked_on', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('status', models.CharField(choices=[('office', 'The person waits for us'), ('person', 'We wait for the person'), ('others', 'We wait for others'), ('closed', 'Closed'), ('erasing', 'Being erased by the person')], default='office', max_length=12)),
                ('status_before', models.CharField(blank=True, max_length=12)),
                ('theme', models.CharField(blank=True, max_length=40)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('opened_on', models.DateField()),
                ('due_on', models.DateField(default=datetime.date(9999, 12, 31))),
                ('keep_until', models.DateField(blank=True, null=True)),
                ('urgent', models.BooleanField(default=False)),
                ('restricted', models.BooleanField(default=False)),
                ('handed_over', models.BooleanField(default=False)),
                ('appeals', models.ManyToManyField(related_name='+', to='appeals.appeal')),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('keep_until__isnull', False)), fields=['office', 'keep_until'], name='case_to_destroy'), models.Index(fields=['office', 'status', 'urgent', 'due_on', 'id', 'theme', 'origin', 'destination', 'assignee', 'opened_on'], name='case_queue'), models.Index(fields=['assignee', 'office', 'status', 'urgent', 'due_on', 'id', 'theme', 'origin', 'destination', 'opened_on'], name='case_queue_assignee'), models.Index(fields=['office', 'theme', 'status', 'urgent', 'due_on', 'id', 'origin', 'destination', 'assignee', 'opened_on'], name='case_queue_theme'), models.Index(fields=['office', 'origin', 'status', 'urgent', 'due_on', 'id', 'theme', 'destination', 'assignee', 'opened_on'], name='case_queue_origin'), models.Index(fields=['office', 'destination', 'status', 'urgent', 'due_on', 'id', 'theme', 'origin', 'assignee', 'opened_on'], name='case_queue_destination')],
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='alarm', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.DateField()),
                ('channel', models.CharField(choices=[('phone', 'Phone call'), ('walk-in', 'Came to the office'), ('messenger', 'Messenger'), ('outreach', 'Outreach visit'), ('letter', 'Letter or e-mail')], max_length=10)),
                ('theme', models.CharField(blank=True, max_length=40)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('sex', models.CharField(blank=True, max_length=6)),
                ('minutes', models.PositiveSmallIntegerField(choices=[(5, 'up to 5'), (15, 'up to 15'), (30, 'up to 30'), (60, 'up to 60'), (90, 'more')], default=15)),
                ('result', models.CharField(choices=[('informed', 'Information given'), ('appointed', 'Appointed'), ('referred', 'Sent elsewhere'), ('case', 'Became a case')], max_length=10)),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'day', 'channel'], name='contacts_of_a_day'), models.Index(fields=['by', '-id'], name='contacts_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('due_on', models.DateField()),
                ('done', models.BooleanField(default=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Epoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('sealed_previous', models.BinaryField(max_length=600, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='epochs', to='casework.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='case_epoch_once')],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('late', 'A deadline has passed'), ('missed', 'A legal time limit passed while the case was with us')], max_length=8)),
                ('due_on', models.DateField()),
                ('level', models.PositiveIntegerField(default=1)),
                ('raised_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='casework.case')),
            ],
            options={
                'indexes': [models.Index(fields=['ended_on', 'due_on', 'id'], name='escalation_open')],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'due_on'), name='escalation_once')],
            },
        ),
        migrations.CreateModel(
            name='ExternalReferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='external_referrals', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('due_on', models.DateField()),
                ('done', models.BooleanField(default=False)),
                ('cancelled', models.BooleanField(default=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followups', to='casework.case')),
            ],
            options={
                'indexes': [models.Index(fields=['done', 'cancelled', 'due_on', 'id'], name='followup_due')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=600)),
                ('latched', models.BooleanField(default=False)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='casework.epoch')),
                ('organisation_epoch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation_epoch__isnull', True), ('user__isnull', True), _connector='XOR'), name='casework_grant_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hold', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Imported',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveBigIntegerField(default=1)),
                ('sealed_counter', models.BinaryField(max_length=400, null=True)),
                ('organisation_epoch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
            ],
        ),
        migrations.CreateModel(
            name='Handle',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('appeal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                ('state', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='handles', to='casework.indexstate')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'appeal', 'case'], name='handle_migration')],
                'constraints': [models.CheckConstraint(condition=models.Q(('case__isnull', True), ('appeal__isnull', True), _connector='XOR'), name='handle_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(max_length=30)),
                ('state', models.CharField(choices=[('running', 'Under way'), ('stopped', 'Stopped'), ('done', 'Done'), ('undone', 'Undone')], default='running', max_length=10)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('sealed_memory', models.BinaryField()),
                ('sealed_input', models.BinaryField(null=True)),
                ('sealed_result', models.BinaryField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('created_on', models.DateField(auto_now_add=True)),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-id'], name='job_of_owner')],
            },
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BinaryField(max_length=16, unique=True)),
                ('organisation_epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
            ],
        ),
        migrations.CreateModel(
            name='KnownColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('mark', models.BinaryField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LegalLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('current', models.BooleanField(default=True)),
                ('seed', models.CharField(blank=True, max_length=64)),
                ('countries', models.JSONField(default=list)),
                ('themes', models.JSONField(blank=True, default=list)),
                ('matter', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('unit', models.CharField(choices=[('hours', 'hours'), ('days', 'calendar days'), ('working_days', 'working days'), ('disputed_days', 'days, argued whether calendar or working days'), ('stay_days', 'days of stay in a calendar year'), ('weeks', 'weeks'), ('months', 'months'), ('years', 'years'), ('event', 'until the day itself'), ('today', 'treat as today'), ('unlimited', 'no limit')], max_length=16)),
                ('amount', models.PositiveIntegerField(default=0)),
                ('less_days', models.PositiveIntegerField(default=0)),
                ('counts_from', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('roll_over', models.CharField(choices=[('next', 'moves to the next working day'), ('none', 'does not move'), ('before', 'act on the working day before')], default='none', max_length=8)),
                ('where_to', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('certainty', models.CharField(choices=[('A', 'A: the text of the law was read'), ('B', 'B: a source close to the law was read'), ('C', 'C: own knowledge, check the law'), ('D', 'D: unknown, treat as today')], default='C', max_length=1)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('for_whom', models.CharField(choices=[('all', 'everybody'), ('eaeu', 'citizens of the Eurasian Economic Union only'), ('not_eaeu', 'not citizens of the Eurasian Economic Union')], default='all', max_length=10)),
                ('clock', models.CharField(choices=[('event', 'one clock for the event'), ('pay_day', 'one clock for each pay day')], default='event', max_length=8)),
                ('note', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('confirmed_by', models.CharField(blank=True, max_length=120)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('changed_on', models.DateField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='legal_limit_version_once'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('code',), name='legal_limit_one_current')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='casework.letter')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('complaint', 'Complaint to the labour inspectorate'), ('prosecutor', 'Statement to the prosecutor'), ('consulate', 'Request to a consulate'), ('power', 'Power of attorney'), ('referral', 'Referral letter'), ('other', 'Another letter')], max_length=12)),
                ('language', models.CharField(max_length=3)),
                ('name', models.CharField(max_length=80)),
                ('file', models.BinaryField()),
                ('fields', models.JSONField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('retired', models.BooleanField(default=False)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'name', 'language'), name='letter_template_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matters', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfficeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('warn_days', models.PositiveIntegerField(default=3, validators=[django.core.validators.MaxValueValidator(60)])),
                ('escalate_days', models.PositiveIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(60)])),
                ('first_answer_days', models.PositiveIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)])),
                ('urgent_hours', models.PositiveIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(72)])),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='came_from', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('latched', models.BooleanField(default=False)),
                ('appeal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='persons', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField(db_index=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'user'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('part', 'Part of a case'), ('whole', 'The whole case')], default='part', max_length=5)),
                ('state', models.CharField(choices=[('proposed', 'The person is asked'), ('consented', 'Agreed, not sent yet'), ('sent', 'Sent'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('done', 'Done'), ('returned', 'Given back'), ('withdrawn', 'Taken back')], default='proposed', max_length=10)),
                ('begun_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('sealed_subset', models.BinaryField()),
                ('sealed_consent', models.BinaryField(null=True)),
                ('sealed_undo', models.BinaryField(null=True)),
                ('undo_until', models.DateTimeField(null=True)),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('appeal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='casework.case')),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['to_office', 'state', '-id'], name='referral_incoming'), models.Index(fields=['from_office', 'state', '-id'], name='referral_outgoing'), models.Index(condition=models.Q(('undo_until__isnull', False)), fields=['undo_until'], name='referral_undo')],
            },
        ),
        migrations.CreateModel(
            name='ReferralEpoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('sealed_previous', models.BinaryField(max_length=600, null=True)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='epochs', to='casework.referral')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('referral', 'number'), name='referral_epoch_once')],
            },
        ),
        migrations.CreateModel(
            name='ReferralFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(editable=False, unique=True)),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='casework.referral')),
            ],
        ),
        migrations.CreateModel(
            name='ReferralGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=600)),
                ('latched', models.BooleanField(default=False)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='casework.referralepoch')),
                ('organisation_epoch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation_epoch__isnull', True), ('user__isnull', True), _connector='XOR'), name='casework_referralgrant_to_one')],
            },
        ),
        migrations.CreateModel(
            name='ReferralLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='casework.referral')),
            ],
        ),
        migrations.CreateModel(
            name='ReferralReceiptKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipt_keys', to='casework.referralepoch')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.receipt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('epoch', 'receipt'), name='referral_receipt_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Register',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('created_on', models.DateField(auto_now_add=True)),
                ('forget_on', models.DateField(db_index=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.job')),
                ('imported_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.job')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-id'], name='register_of_owner')],
            },
        ),
        migrations.CreateModel(
            name='RegisterPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=0)),
                ('sealed_rows', models.BinaryField()),
                ('sealed_report', models.BinaryField(null=True)),
                ('register', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='casework.register')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register', 'number'), name='register_piece_once')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='restriction', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField(default=12)),
                ('months_of_money', models.PositiveSmallIntegerField(default=36)),
                ('by_itself', models.BooleanField(default=False)),
                ('office', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='SealedQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed', models.BinaryField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sheet', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShownReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_secret', models.BinaryField(max_length=300)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sums', to='casework.case')),
                ('whose', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Swept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('swept_on', models.DateField()),
                ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'swept_on', 'id'], name='swept_of_office')],
            },
        ),
        migrations.CreateModel(
            name='Tags',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='casework.case')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.SmallIntegerField()),
                ('what', models.CharField(max_length=6)),
                ('status', models.CharField(max_length=12)),
                ('theme', models.CharField(max_length=40)),
                ('origin', models.CharField(max_length=2)),
                ('destination', models.CharField(max_length=2)),
                ('caseworker', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'grain', 'what', 'status'], name='tally_of_office')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('grain__gt', 0)), fields=('office', 'grain', 'what', 'status', 'theme', 'origin', 'destination', 'caseworker'), name='tally_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='ToIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.UUIDField(default=uuid.uuid4)),
                ('appeal', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.appeal')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.case')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('case__isnull', True), ('appeal__isnull', True), _connector='XOR'), name='to_index_one')],
            },
        ),
        migrations.CreateModel(
            name='Undo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('sealed', models.BinaryField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('office_epoch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='View',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('sealed', models.BinaryField()),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
                ('office_epoch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
