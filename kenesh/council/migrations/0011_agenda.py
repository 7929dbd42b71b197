from zoneinfo import ZoneInfo

import django.db.models.deletion
import kenesh.themes.texts
from django.db import migrations, models


def link_meetings(apps, schema_editor):
    """What a report to a donor counted until now: meetings of the bodies of a project, held within its period by the calendar of
    their rooms."""
    Project = apps.get_model("people", "Project")
    Meeting = apps.get_model("council", "Meeting")
    ProjectMeeting = apps.get_model("council", "ProjectMeeting")
    links = []
    for project in Project.objects.order_by("pk"):
        meetings = Meeting.objects.filter(body__in=project.bodies.all(), status="closed").order_by("pk")
        for pk, starts_at, zone in meetings.values_list("pk", "starts_at", "time_zone"):
            if project.since <= starts_at.astimezone(ZoneInfo(zone)).date() <= project.until:
                links.append(ProjectMeeting(project_id=project.pk, meeting_id=pk))
    ProjectMeeting.objects.bulk_create(links)


class Migration(migrations.Migration):

    dependencies = [
        ("council", "0010_paper"),
        ('library', '0003_incoming_mail'),
        ('people', '0005_link_that_ends_mail'),
        ('problems', '0004_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemReference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=8)),
                ('title', kenesh.themes.texts.TranslatedField(default=kenesh.themes.texts.Translated)),
            ],
        ),
        migrations.CreateModel(
            name='PaperOnTheWay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='ProjectMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='kind',
            field=models.CharField(choices=[('point', 'A point to discuss'), ('report', 'A report')], default='point', max_length=10),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='reporter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='reporting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='itemdocument',
            name='paper',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='meeting',
            name='is_founding',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='proposal',
            name='continues',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='continued_by', to='council.proposal'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='status',
            field=models.CharField(choices=[('open', 'Proposed'), ('adopted', 'Adopted'), ('rejected', 'Not adopted'), ('withdrawn', 'Withdrawn'), ('merged', 'Joined to another'), ('taken_over', 'Taken over by a later meeting')], default='open', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'report'), models.Q(('reporter__isnull', True), ('reporting__isnull', True)), _connector='OR'), name='agenda_reporter_of_report'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('is_founding', True)), fields=('body',), name='meeting_founds_body_once'),
        ),
        migrations.AddField(
            model_name='itemreference',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reference_rows', to='council.agendaitem'),
        ),
        migrations.AddField(
            model_name='paperontheway',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.incoming'),
        ),
        migrations.AddField(
            model_name='paperontheway',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers_on_the_way', to='council.agendaitem'),
        ),
        migrations.AddField(
            model_name='projectmeeting',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='project_rows', to='council.meeting'),
        ),
        migrations.AddField(
            model_name='projectmeeting',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.project'),
        ),
        migrations.AddConstraint(
            model_name='itemreference',
            constraint=models.UniqueConstraint(fields=('item', 'kind', 'code'), name='agenda_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='paperontheway',
            constraint=models.UniqueConstraint(fields=('item', 'file'), name='paper_on_the_way_once'),
        ),
        migrations.AddConstraint(
            model_name='projectmeeting',
            constraint=models.UniqueConstraint(fields=('project', 'meeting'), name='project_meeting_once'),
        ),
        migrations.RunPython(link_meetings, migrations.RunPython.noop),
    ]
