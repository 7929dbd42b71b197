import django.db.models.deletion
from django.db import migrations, models


def count_scores_anew(apps, schema_editor):
    # The worker counts each line whose day has come: since this version only answers that everybody may read.
    from django.utils import timezone

    apps.get_model('followup', 'AddresseeScore').objects.update(turns_on=timezone.localdate())


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0006_shown'),
    ]

    operations = [
        migrations.CreateModel(
            name='FiledCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('stage', models.CharField(max_length=10)),
                ('late_after', models.DateField()),
                ('number', models.IntegerField()),
                ('is_sum', models.BooleanField()),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'stage', 'late_after', 'number'], name='filed_counted')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_sum', True)), fields=('key', 'stage', 'late_after'), name='filed_sum_once')],
            },
        ),
        migrations.AlterField(
            model_name='filed',
            name='recommendation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='filed', to='followup.recommendation'),
        ),
        migrations.RemoveConstraint(
            model_name='addresseescore',
            name='score_adds_up',
        ),
        migrations.RenameField(
            model_name='addresseescore',
            old_name='not_due',
            new_name='still_open',
        ),
        migrations.AddConstraint(
            model_name='addresseescore',
            constraint=models.CheckConstraint(
                condition=models.Q(('asked', models.F('in_time') + models.F('late') + models.F('silent') + models.F('still_open'))), name='score_adds_up'
            ),
        ),
        migrations.RunPython(count_scores_anew, migrations.RunPython.noop),
    ]
