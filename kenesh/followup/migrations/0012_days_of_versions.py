from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0011_handed_to'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordversion',
            name='days',
            field=models.TextField(blank=True, default='', editable=False),
            preserve_default=False,
        ),
    ]
