from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0009_record'),
    ]

    operations = [
        migrations.AddField(
            model_name='addresseescore',
            name='shown_from',
            field=models.DateField(blank=True, null=True),
        ),
    ]
