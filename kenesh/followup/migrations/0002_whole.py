import datetime
import django.db.models.deletion
import kenesh.kernel.codes
import kenesh.themes.texts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('council', '0002_whole'),
        ('library', '0002_whole'),
        ('people', '0002_whole'),
        ('people', '__first__'),
        ('problems', '0003_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Addressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='AnswerLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.BinaryField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='followup.addressee')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('source_text', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('source_kind', models.CharField(blank=True, choices=[('un_committee', 'UN committee'), ('round_table', 'Round table'), ('conference', 'Conference'), ('meeting', 'Meeting'), ('other', 'Another source')], max_length=20)),
                ('text', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('due', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('stage', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('answered', 'Answered'), ('verified', 'Checked')], default='waiting', editable=False, max_length=10)),
                ('public_stage', models.CharField(choices=[('waiting', 'Waiting for an answer'), ('answered', 'Answered'), ('verified', 'Checked')], default='waiting', editable=False, max_length=10)),
                ('answer_by', models.DateField(default=datetime.date(9999, 12, 31), editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('request_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.decision')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.document')),
                ('problem', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='problems.problem')),
            ],
            options={
                'indexes': [models.Index(fields=['is_public', '-id'], name='recommendation_public'), models.Index(fields=['is_public', 'public_stage', '-id'], name='recommendation_public_stage'), models.Index(fields=['body', 'stage', 'answer_by', 'id'], name='recommendation_work')],
            },
        ),
        migrations.AddField(
            model_name='addressee',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='followup.recommendation'),
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=8, unique=True)),
                ('kind', models.CharField(choices=[('none', 'No answer came'), ('holding', 'More time is needed'), ('forwarded', 'Passed on to another body'), ('formal', 'Formal answer'), ('substantive', 'Answer on the substance')], max_length=15)),
                ('stance', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Accepted in part'), ('noted', 'Noted'), ('rejected', 'Not accepted')], max_length=10)),
                ('text', models.TextField(blank=True, max_length=10000)),
                ('plan', models.TextField(blank=True, max_length=5000)),
                ('promised_by', models.DateField(blank=True, null=True)),
                ('language', models.CharField(blank=True, max_length=3)),
                ('received_on', models.DateField()),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('is_public', models.BooleanField(default=False)),
                ('request_key', models.UUIDField(editable=False)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='followup.addressee')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='followup.answerlink')),
            ],
            options={
                'indexes': [models.Index(fields=['addressee', 'kind'], name='response_kinds')],
                'constraints': [models.UniqueConstraint(fields=('addressee', 'request_key'), name='response_once'), models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', True), ('link__isnull', False)), models.Q(('entered_by__isnull', False), ('link__isnull', True)), _connector='OR'), name='response_by_link_or_secretary'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('formal', 'substantive')), models.Q(('stance', ''), _negated=True)), models.Q(models.Q(('kind__in', ('formal', 'substantive')), _negated=True), ('stance', '')), _connector='OR'), name='response_stance_of_answer')],
            },
        ),
        migrations.CreateModel(
            name='AnswerSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('open_until', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('sealed_draft', models.BinaryField(null=True)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='followup.answerlink')),
                ('sent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='followup.response')),
            ],
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000)),
                ('done_on', models.DateField()),
                ('is_public', models.BooleanField(default=False)),
                ('request_key', models.UUIDField(editable=False)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='followup.addressee')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='followup.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('addressee', 'request_key'), name='action_once')],
            },
        ),
        migrations.CreateModel(
            name='Verdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('judgement', models.CharField(choices=[('carried_out', 'Carried out'), ('partly', 'Carried out in part'), ('not_carried_out', 'Not carried out'), ('unknown', 'Cannot be judged')], max_length=20)),
                ('text', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('judged_on', models.DateField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('reply_until', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('request_key', models.UUIDField(editable=False, unique=True)),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='followup.recommendation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('judgement__in', ('partly', 'not_carried_out')), _negated=True), ('reply_until__isnull', False), _connector='OR'), name='verdict_right_of_reply')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='followup.action')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.document')),
                ('response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='followup.response')),
                ('verdict', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='followup.verdict')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action__isnull', True), ('response__isnull', False), ('verdict__isnull', True)), models.Q(('action__isnull', False), ('response__isnull', True), ('verdict__isnull', True)), models.Q(('action__isnull', True), ('response__isnull', True), ('verdict__isnull', False)), _connector='OR'), name='evidence_of_one_thing'), models.CheckConstraint(condition=models.Q(('document__isnull', True), ('text', ''), ('url', ''), _negated=True), name='evidence_is_something')],
            },
        ),
        migrations.CreateModel(
            name='AnswerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.BinaryField(max_length=32)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='followup.answerlink')),
            ],
            options={
                'indexes': [models.Index(fields=['link', '-id'], name='answer_code_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('tries__lte', 5)), name='answer_code_five_tries')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outgoing_number', models.CharField(blank=True, max_length=60)),
                ('sent_on', models.DateField()),
                ('incoming_number', models.CharField(blank=True, max_length=60)),
                ('due_by_law', models.DateField(blank=True, null=True)),
                ('request_key', models.UUIDField(editable=False, null=True, unique=True)),
                ('addressee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='followup.addressee')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('due_by_law__isnull', True), ('due_by_law__gte', models.F('sent_on')), _connector='OR'), name='letter_due_after_sending')],
            },
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=models.UniqueConstraint(fields=('recommendation', 'organisation'), name='addressee_once'),
        ),
    ]
