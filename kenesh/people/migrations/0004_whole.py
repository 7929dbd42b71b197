import django.db.models.deletion
import django.db.models.functions.text
import kenesh.kernel.codes
import kenesh.people.models.correspondents
import kenesh.people.models.labels
import kenesh.themes.texts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0002_whole'), ('people', '0003_bodies')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Failures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counter', models.BinaryField(max_length=32, unique=True)),
                ('count', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='MailStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=64, unique=True)),
                ('why', models.CharField(choices=[('opted_out', 'Wants no more mail'), ('bounced', 'Mail comes back')], max_length=20)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('short_name', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('kind', models.CharField(choices=[('council', 'Council'), ('coalition', 'Coalition'), ('committee', 'Committee'), ('dialogue', 'Regional dialogue')], max_length=20)),
                ('about', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('founded_on', models.CharField(blank=True, max_length=10)),
                ('publishes_decisions', models.BooleanField(default=False)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_bodies', to='people.body')),
            ],
            options={
                'verbose_name_plural': 'bodies',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('short_name', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('kind', models.CharField(choices=[('ngo', 'Non-governmental organisation'), ('centre', 'Support centre'), ('ministry', 'Ministry or State body'), ('union', 'Trade union'), ('regional', 'Regional organisation'), ('international', 'International organisation'), ('academic', 'University or institute'), ('diaspora', 'Diaspora organisation')], max_length=20)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('place', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('labels', kenesh.people.models.labels.LabelsField(blank=True, default=list)),
                ('emblem', models.CharField(blank=True, max_length=80)),
                ('takes_appeals', models.BooleanField(default=False)),
                ('mailbox', models.EmailField(blank=True, max_length=254)),
                ('founded_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['takes_appeals', 'country'], name='organisation_offices')],
            },
        ),
        migrations.CreateModel(
            name='Founding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meeting', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('goals', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('tasks', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('directions', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('rules', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='founding', to='people.body')),
            ],
        ),
        migrations.CreateModel(
            name='OrganisationEpoch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('public_key', models.BinaryField(max_length=32)),
                ('sealed_previous', models.BinaryField(max_length=600, null=True)),
                ('sealed_index_key', models.BinaryField(max_length=600)),
                ('created_on', models.DateField(auto_now_add=True)),
                ('renewal_due', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='epochs', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number'), name='organisation_epoch_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('post', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('about', kenesh.themes.texts.TranslatedField(blank=True, default=kenesh.themes.texts.Translated)),
                ('grant_number', models.CharField(blank=True, max_length=80)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('bodies', models.ManyToManyField(blank=True, related_name='projects', to='people.body')),
                ('centres', models.ManyToManyField(blank=True, related_name='projects', to='people.organisation')),
                ('donor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects_paid', to='people.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='project_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Rotation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('countries', models.JSONField(default=list)),
                ('months', models.PositiveSmallIntegerField()),
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rotation', to='people.body')),
            ],
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='people.organisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inheritances', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_not_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='Correspondent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('post', models.CharField(blank=True, max_length=300)),
                ('organisation', models.CharField(blank=True, max_length=300)),
                ('role', models.CharField(choices=[('member', 'Member'), ('observer', 'Observer'), ('state', 'State body'), ('expert', 'Expert'), ('donor', 'Donor'), ('press', 'Press'), ('service', 'Interpreter, venue, other service'), ('other', 'Other')], default='other', max_length=20)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phones', models.CharField(blank=True, max_length=200)),
                ('languages', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='address_book', to='people.body')),
            ],
            options={
                'indexes': [models.Index(fields=['body', '-id'], name='correspondent_of_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='correspondent_email_lower'), models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('body', 'email'), name='correspondent_address_once_in_body'), models.UniqueConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), ('body__isnull', True)), fields=('email',), name='correspondent_address_once_on_node')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('language', models.CharField(default='ru', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('start_password', models.BooleanField(default=False)),
                ('public_key', models.BinaryField(max_length=32)),
                ('sealed_secret', models.BinaryField(max_length=600)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='account', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(blank=True, max_length=2)),
                ('role', models.CharField(choices=[('chair', 'Chair'), ('co_chair', 'Co-chair'), ('secretary', 'Secretary'), ('member', 'Member')], default='member', max_length=20)),
                ('standing', models.CharField(choices=[('member', 'Member'), ('observer', 'Observer')], default='member', max_length=20)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('alternate_publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organisation')),
                ('alternate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats_as_alternate', to='people.person')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'until'], name='membership_sitting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), models.Q(('country', ''), _negated=True), _connector='OR'), name='membership_of_somebody'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('since__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='membership_term_in_order')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationRecovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('public_key', models.BinaryField(max_length=32)),
                ('sealed_secret', models.BinaryField(max_length=300)),
                ('epoch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recovery', to='people.organisationepoch')),
            ],
        ),
        migrations.CreateModel(
            name='AddressFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('rows', models.JSONField(default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='address_files', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.body')),
            ],
        ),
        migrations.CreateModel(
            name='Factor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('totp', 'Codes of an app'), ('passkey', 'Passkey or security key')], max_length=10)),
                ('name', models.CharField(max_length=60)),
                ('sealed', models.BinaryField()),
                ('counter', models.BigIntegerField(default=0)),
                ('added_on', models.DateField(auto_now_add=True)),
                ('used_on', models.DateField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='factors', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LockedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed', models.BinaryField()),
                ('keep', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locked_posts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=kenesh.kernel.codes.new_code, editable=False, max_length=8, unique=True)),
                ('subject', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('text', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
                ('chosen', models.JSONField(default=dict)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='people.body')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body', '-id'], name='mailing_of_body')],
            },
        ),
        migrations.CreateModel(
            name='ChairTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(max_length=2)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chair_terms', to='people.body')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='chair_terms', to='people.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('body', 'since'), name='chair_term_once_a_day'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='chair_term_in_order')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_secret', models.BinaryField(max_length=300)),
                ('epoch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='people.organisationepoch')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisation_keys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('epoch', 'user'), name='organisation_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True)),
                ('letter_number', models.CharField(blank=True, max_length=60)),
                ('letter_on', models.DateField(blank=True, null=True)),
                ('publication', models.CharField(choices=[('name', 'Name'), ('organisation', 'Organisation only'), ('country', 'Country only'), ('hidden', 'Not public')], default='hidden', max_length=20)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='people.membership')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seat', 'since'), name='nomination_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RoleHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('organisation_admin', 'Administrator of an organisation'), ('caseworker', 'Caseworker'), ('council_secretary', 'Council secretary'), ('council_member', 'Council member'), ('editor', 'Editor'), ('node_admin', 'Administrator of the node')], max_length=30)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='people.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('organisation__isnull', False)), fields=('user', 'role', 'organisation'), name='role_once_in_organisation'), models.UniqueConstraint(condition=models.Q(('body__isnull', False)), fields=('user', 'role', 'body'), name='role_once_in_body'), models.UniqueConstraint(condition=models.Q(('body__isnull', True), ('organisation__isnull', True)), fields=('user', 'role'), name='role_once_on_node'), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), ('organisation__isnull', False), ('role__in', ('organisation_admin', 'caseworker'))), models.Q(('body__isnull', False), ('organisation__isnull', True), ('role__in', ('council_secretary', 'council_member'))), models.Q(('body__isnull', True), ('organisation__isnull', True), ('role__in', ['editor', 'node_admin'])), _connector='OR'), name='role_held_where_it_belongs')],
            },
        ),
        migrations.CreateModel(
            name='SpareCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.BinaryField(max_length=32, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spare_codes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='StandingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(choices=[('member', 'Member'), ('observer', 'Observer')], max_length=20)),
                ('standing', models.CharField(choices=[('member', 'Member'), ('observer', 'Observer')], max_length=20)),
                ('on', models.DateField()),
                ('decision', models.CharField(blank=True, max_length=60)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_changes', to='people.membership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seat', 'on'), name='standing_once_a_day'), models.CheckConstraint(condition=models.Q(('before', models.F('standing')), _negated=True), name='standing_changes_something')],
            },
        ),
        migrations.CreateModel(
            name='Unlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('cookie_id', models.BinaryField(max_length=32, unique=True)),
                ('stage', models.CharField(choices=[('pending', 'Pending'), ('open', 'Open')], max_length=10)),
                ('sealed_secret', models.BinaryField(max_length=600)),
                ('sealed_setup', models.BinaryField(null=True)),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unlocks', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MailingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('token', models.CharField(default=str, editable=False, max_length=64, unique=True)),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('begun', 'Perhaps sent'), ('sent', 'Sent'), ('refused', 'Refused by the mail server'), ('stopped', 'Not sent: wants no mail, or mail came back')], default='waiting', max_length=10)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='people.mailing')),
            ],
            options={
                'indexes': [models.Index(fields=['mailing', 'status', 'id'], name='mailing_line_status')],
                'constraints': [models.UniqueConstraint(fields=('mailing', 'email'), name='one_letter_to_an_address')],
            },
        ),
    ]
