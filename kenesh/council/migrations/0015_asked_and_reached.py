import django.utils.timezone
from django.db import migrations, models


def date_the_asking(apps, schema_editor):
    # Letters of before were wanted when their procedure began.
    procedures = apps.get_model('council', 'WrittenProcedure').objects.filter(pk=models.OuterRef('procedure'))
    began = models.Subquery(procedures.values('meeting__starts_at')[:1])
    apps.get_model('council', 'WrittenLink').objects.update(asked_at=began)


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0014_elections_counted_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='writtenlink',
            name='asked_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='writtenlink',
            name='reached_by',
            field=models.CharField(blank=True, choices=[('paper', 'On paper'), ('phone', 'By telephone'), ('in_person', 'In person')], max_length=10),
        ),
        migrations.AddField(
            model_name='writtenlink',
            name='reached_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='writtenprocedure',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='writtenlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reached_by', ''), ('reached_on__isnull', True)), models.Q(models.Q(('reached_by', ''), _negated=True), ('reached_on__isnull', False)), _connector='OR'), name='written_reached_on_a_day'),
        ),
        migrations.RunPython(date_the_asking, migrations.RunPython.noop),
    ]
