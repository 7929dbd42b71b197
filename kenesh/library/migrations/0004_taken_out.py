from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0003_incoming_mail'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='taken_out_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
