import django.db.models.deletion
import kenesh.kernel.codes
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('appeals', '0001_initial'), ('appeals', '0002_casework_release'), ('appeals', '0003_floods'), ('appeals', '0004_notices'), ('appeals', '0005_lists')]

    initial = True

    dependencies = [
        ('people', '0002_whole'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('sealed', models.BinaryField()),
                ('begun', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('challenge', models.BinaryField(max_length=16)),
                ('bits', models.PositiveSmallIntegerField()),
                ('question', models.PositiveSmallIntegerField()),
                ('answered', models.BooleanField(default=False)),
                ('opens_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('status', models.CharField(choices=[('urgent', 'Urgent: somebody is in danger'), ('new', 'New'), ('office', 'The person waits for us'), ('person', 'We wait for the person'), ('closed', 'Closed'), ('withdrawn', 'Withdrawn by the person'), ('erasing', 'Being erased by the person')], default='new', max_length=12)),
                ('arrived_on', models.DateField()),
                ('due_on', models.DateField(null=True)),
                ('theme', models.CharField(blank=True, max_length=40)),
                ('origin', models.CharField(blank=True, max_length=2)),
                ('destination', models.CharField(blank=True, max_length=2)),
                ('erase_on', models.DateField(db_index=True, null=True)),
                ('restricted', models.BooleanField(default=False)),
                ('sealed_answers', models.BinaryField()),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'status', 'due_on', 'id', 'theme', 'origin', 'destination', 'arrived_on'], name='appeal_queue'), models.Index(fields=['office', 'theme', 'status', 'due_on', 'id', 'origin', 'destination', 'arrived_on'], name='appeal_queue_theme'), models.Index(fields=['office', 'origin', 'status', 'due_on', 'id', 'theme', 'destination', 'arrived_on'], name='appeal_queue_origin'), models.Index(fields=['office', 'destination', 'status', 'due_on', 'id', 'theme', 'origin', 'arrived_on'], name='appeal_queue_destination')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('erase_on__isnull', False), ('status', 'erasing')), models.Q(models.Q(('status', 'erasing'), _negated=True), ('erase_on__isnull', True)), _connector='OR'), name='appeal_erasing_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField(default=0)),
                ('sealed', models.BinaryField()),
                ('draft_id', models.BinaryField(db_index=True, max_length=32, null=True)),
                ('kib', models.PositiveIntegerField()),
                ('expires_at', models.DateTimeField(db_index=True, null=True)),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('appeal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='appeals.appeal')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('appeal__isnull', False), ('draft_id__isnull', True), ('expires_at__isnull', True)), models.Q(('appeal__isnull', True), ('draft_id__isnull', False), ('expires_at__isnull', False)), _connector='OR'), name='attachment_of_appeal_or_draft')],
            },
        ),
        migrations.CreateModel(
            name='Callback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('sealed', models.BinaryField()),
                ('due_on', models.DateField()),
                ('done', models.BooleanField(default=False)),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='callbacks', to='appeals.appeal')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['office', 'done', 'due_on', 'id'], name='callbacks_to_make')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('epoch', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('request_key', models.UUIDField(null=True, unique=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='appeals.appeal')),
            ],
        ),
        migrations.CreateModel(
            name='Epoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('sealed_previous', models.BinaryField(max_length=600, null=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='epochs', to='appeals.appeal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('appeal', 'number'), name='appeal_epoch_once')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=600)),
                ('latched', models.BooleanField(default=False)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='appeals.epoch')),
                ('organisation_epoch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisationepoch')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation_epoch__isnull', True), ('user__isnull', True), _connector='XOR'), name='appeals_grant_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed', models.BinaryField()),
                ('due', models.BooleanField(default=False)),
                ('tried_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('appeal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='appeals.appeal')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due', True)), fields=['tried_at'], name='notices_to_send')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('right', models.CharField(choices=[('owner', 'Owner'), ('co_holder', 'Co Holder')], default='owner', max_length=10)),
                ('lookup', models.BinaryField(max_length=16, unique=True)),
                ('public_key', models.BinaryField(max_length=32)),
                ('verify_key', models.BinaryField(max_length=32)),
                ('seen_by_other', models.BooleanField(default=False)),
                ('sealed_seen', models.BinaryField(null=True)),
                ('appeal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='appeals.appeal')),
            ],
        ),
        migrations.CreateModel(
            name='OpenReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('sealed_keys', models.BinaryField()),
                ('sealed_digits', models.BinaryField(null=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appeals.receipt')),
            ],
        ),
        migrations.CreateModel(
            name='ReceiptKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_key', models.BinaryField(max_length=300)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipt_keys', to='appeals.epoch')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='appeals.receipt')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('epoch', 'receipt'), name='receipt_key_once')],
            },
        ),
    ]
