"""What a centre publishes of itself for people who look for help."""

from django.db import migrations, models

from kenesh.themes.texts import Translated, TranslatedField


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0005_link_that_ends_mail"),
    ]

    operations = [
        migrations.AddField("Organisation", "services", TranslatedField(blank=True, default=Translated)),
        migrations.AddField("Organisation", "hours", TranslatedField(blank=True, default=Translated)),
        migrations.AddField("Organisation", "phone", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("Organisation", "public_email", models.EmailField(blank=True, default="", max_length=254), preserve_default=False),
        migrations.AddField("Organisation", "website", models.URLField(blank=True, default=""), preserve_default=False),
    ]
