from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

NO_DATE = date(9999, 12, 31)  # as `models.recommendations` has it


def count_anew(apps, schema_editor):
    # Who handed a matter on owes no answer once the other is asked. The stage and day kept of such recommendations were counted before
    # that held; the worker files the published ones anew, with a version of their own, and counts their addressees' lines.
    addressees = apps.get_model('followup', 'Addressee').objects
    responses = apps.get_model('followup', 'Response').objects.filter(confirmation__in=['', 'confirmed'])
    recommendations = apps.get_model('followup', 'Recommendation').objects
    handing = recommendations.filter(addressees__named_by__isnull=False).distinct()
    for made in list(handing):
        rows = list(addressees.filter(recommendation=made, succeeded_by__isnull=True))
        said = responses.filter(addressee__recommendation=made)
        answered = set(said.filter(kind__in=['formal', 'substantive']).values_list('addressee', flat=True))
        named = addressees.filter(recommendation=made, named_by__isnull=False).values('named_by')
        handed_on = set(said.filter(kind='forwarded', addressee__in=named).values_list('addressee', flat=True)) - answered
        asked = [one for one in rows if one.pk not in handed_on]
        owed = [one.answer_by for one in asked if one.pk not in answered]
        if made.stage != 'verified':
            made.stage = 'waiting' if owed or not asked else 'answered'
        made.answer_by = min(owed or [one.answer_by for one in rows], default=made.due or NO_DATE)
        made.save(update_fields=['stage', 'answer_by'])
    apps.get_model('followup', 'Filed').objects.filter(recommendation__in=handing).delete()


def note_who_was_to_be_told(apps, schema_editor):
    # Of whom no e-mail reaches it was not noted that the secretary was asked to tell it of a fault found: else the days for its reply
    # would begin anew with the next change.
    addressees = apps.get_model('followup', 'Addressee').objects.filter(succeeded_by__isnull=True, organisation__mailbox='')
    letters = apps.get_model('followup', 'Letter').objects.filter(direction='out')
    links = apps.get_model('followup', 'AnswerLink').objects.filter(confirms=False)
    reminders = apps.get_model('followup', 'Reminder').objects
    for name in ('Verdict', 'Shadow'):
        kept = apps.get_model('followup', name).objects.filter(is_public=False, reply_until__isnull=False)
        for found in kept.select_related('recommendation'):
            asked = addressees.filter(recommendation=found.recommendation)
            if not found.recommendation.is_public:
                knows = models.Q(pk__in=letters.values('addressee')) | models.Q(pk__in=links.values('addressee'))
                asked = asked.filter(knows)
            for one in asked:
                noted = {'addressee': one, 'kind': 'verdict', 'answer_by': found.reply_until, 'mailbox': ''}
                reminders.get_or_create(**noted, defaults={'sent_at': timezone.now()})


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0010_asked_later'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='handed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='handed_from', to='followup.addressee'),
        ),
        migrations.AddField(
            model_name='importedrow',
            name='asked',
            field=models.JSONField(null=True),
        ),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
        migrations.RunPython(note_who_was_to_be_told, migrations.RunPython.noop),
    ]
