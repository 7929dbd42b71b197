import django.db.models.deletion
import kenesh.kernel.codes
import kenesh.problems.models
import kenesh.themes.texts
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('library', '0002_whole'),
        ('people', '0002_whole'),
        ('people', '__first__'),
        ('problems', '0003_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('title', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('speaker', models.CharField(blank=True, max_length=200)),
                ('speaker_is_public', models.BooleanField(default=False)),
                ('notes', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('version', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ItemDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.document')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='document_rows', to='council.agendaitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'document'), name='agenda_document_once')],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='documents',
            field=models.ManyToManyField(related_name='+', through='council.ItemDocument', to='library.document'),
        ),
        migrations.CreateModel(
            name='ItemProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problem_rows', to='council.agendaitem')),
                ('problem', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'problem'), name='agenda_problem_once')],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='problems',
            field=models.ManyToManyField(related_name='+', through='council.ItemProblem', to='problems.problem'),
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('number', models.CharField(blank=True, max_length=20)),
                ('title', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('time_zone', models.CharField(default='Asia/Bishkek', max_length=40)),
                ('place', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('hybrid', 'In person and online')], default='in_person', max_length=20)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Under way'), ('closed', 'Closed')], default='planned', max_length=20)),
                ('is_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('current_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='council.agendaitem')),
                ('host_meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted_meetings', to='council.meeting')),
                ('secretary', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['is_public', 'starts_at', 'id'], name='meeting_public_by_date'), models.Index(fields=['body', 'starts_at', 'id'], name='meeting_of_body_by_date')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='meeting_ends_later'), models.CheckConstraint(condition=models.Q(('host_meeting__isnull', True), models.Q(('host_meeting', models.F('id')), _negated=True), _connector='OR'), name='meeting_not_its_own_host')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guest', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('mode', models.CharField(choices=[('present', 'In the room'), ('remote', 'Online'), ('excused', 'Excused'), ('absent', 'Absent')], default='present', max_length=20)),
                ('standing', models.CharField(choices=[('member', 'Member'), ('observer', 'Observer'), ('guest', 'Guest')], max_length=20)),
                ('publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='council.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('membership__isnull', False)), fields=('meeting', 'membership'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('membership__isnull', False), ('organisation__isnull', False), ('person__isnull', False), models.Q(('guest', ''), _negated=True), _connector='OR'), name='attendance_of_somebody')],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='council.meeting'),
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('remarks', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved')], default='draft', max_length=20)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='council.meeting')),
            ],
            options={
                'verbose_name_plural': 'minutes',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('approved_on__isnull', True), ('is_public', False), ('status', 'draft')), models.Q(('approved_on__isnull', False), ('status', 'approved')), _connector='OR'), name='minutes_public_when_approved')],
            },
        ),
        migrations.CreateModel(
            name='PhoneLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phone_links', to='council.meeting')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('meeting', 'membership'), name='phone_link_one_live')],
            },
        ),
        migrations.CreateModel(
            name='PhoneSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='council.phonelink')),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='phone_session_ends')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('text', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('status', models.CharField(choices=[('open', 'Proposed'), ('adopted', 'Adopted'), ('rejected', 'Not adopted'), ('withdrawn', 'Withdrawn')], default='open', max_length=20)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('addressees', models.ManyToManyField(blank=True, related_name='+', to='people.organisation')),
                ('by_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('by_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='council.agendaitem')),
                ('problem', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'indexes': [models.Index(fields=['item', 'id'], name='proposal_of_item')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stance', models.CharField(choices=[('agree', 'I agree'), ('reservation', 'I agree with a reservation'), ('stand_aside', 'I stand aside'), ('block', 'I block')], max_length=20)),
                ('is_member', models.BooleanField()),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('at', models.DateTimeField(auto_now=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='council.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('proposal', 'membership'), name='position_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('recommendation', 'Recommendation'), ('joint_decision', 'Joint decision'), ('commitment', 'Commitment'), ('legislative_proposal', 'Proposal to change a law')], default='recommendation', max_length=30)),
                ('text', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('adopted_on', models.DateField()),
                ('how', models.CharField(choices=[('consensus', 'By consensus'), ('vote', 'By vote')], max_length=20)),
                ('votes_for', models.PositiveIntegerField(blank=True, null=True)),
                ('votes_against', models.PositiveIntegerField(blank=True, null=True)),
                ('votes_abstained', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.PositiveIntegerField()),
                ('is_public', models.BooleanField(default=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='council.meeting')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='council.proposal')),
            ],
            options={
                'indexes': [models.Index(fields=['is_public', '-adopted_on', '-id'], name='decision_public_newest')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='decision_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'consensus'), ('votes_abstained__isnull', True), ('votes_against__isnull', True), ('votes_for__isnull', True)), models.Q(('how', 'vote'), ('votes_abstained__isnull', False), ('votes_against__isnull', False), ('votes_for__isnull', False)), _connector='OR'), name='decision_counts_of_a_vote')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('simple_majority', 'More votes for than against'), ('absolute_majority', 'More than half of all members'), ('two_thirds', 'Two thirds of the votes cast'), ('two_thirds_members', 'Two thirds of all members'), ('consensus', 'Nobody votes against')], default='simple_majority', max_length=20)),
                ('quorum', models.CharField(choices=[('0', 'No quorum'), ('1/3', 'At least one third of the members'), ('1/2', 'At least half of the members'), ('2/3', 'At least two thirds of the members')], default='1/2', max_length=5)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('entitled', models.PositiveIntegerField(blank=True, null=True)),
                ('present', models.PositiveIntegerField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('key_uid', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('by_states', models.BooleanField(default=False)),
                ('counted_for', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_against', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_abstained', models.PositiveIntegerField(blank=True, null=True)),
                ('request_key', models.CharField(default=kenesh.problems.models.new_request_key, editable=False, max_length=32, unique=True)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='council.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('proposal',), name='ballot_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='ballot_outcome_when_closed'), models.CheckConstraint(condition=models.Q(('present__isnull', True), ('present__lte', models.F('entitled')), _connector='OR'), name='ballot_present'), models.CheckConstraint(condition=models.Q(('key_uid__isnull', True), ('by_states', False), _connector='OR'), name='ballot_secret_by_heads')],
            },
        ),
        migrations.CreateModel(
            name='SealedVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('times', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(blank=True, editable=False, max_length=32)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sealed_votes', to='council.ballot')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'membership'), name='sealed_vote_once')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('for', 'For'), ('against', 'Against'), ('abstain', 'I abstain')], max_length=20)),
                ('is_member', models.BooleanField()),
                ('publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('at', models.DateTimeField(auto_now=True)),
                ('times', models.PositiveIntegerField(default=1)),
                ('request_key', models.CharField(blank=True, editable=False, max_length=32)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='council.ballot')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'membership'), name='vote_once')],
            },
        ),
        migrations.CreateModel(
            name='BareVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tracking', models.CharField(max_length=11)),
                ('choice', models.CharField(choices=[('for', 'For'), ('against', 'Against'), ('abstain', 'I abstain')], max_length=20)),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bare_votes', to='council.ballot')),
            ],
            options={
                'indexes': [models.Index(fields=['ballot', 'tracking'], name='bare_vote_by_number')],
            },
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='agenda_position_once'),
        ),
    ]
