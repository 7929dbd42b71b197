from django.db import migrations


class Migration(migrations.Migration):
    """How many appeals came in an hour is counted in memory now: on a disk it narrowed down when somebody wrote."""

    dependencies = [
        ("casework", "0003_registers"),
    ]

    operations = [
        migrations.DeleteModel(name="FilingRate"),
    ]
