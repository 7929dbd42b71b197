"""Of the link that ends mail the database keeps a hash. Letters that went out keep the link that they carry; what waits gets the
new one."""

from django.conf import settings
from django.db import migrations, models

from kenesh.kernel import vault
from kenesh.people.actions.mailings import token_of


def hash_tokens(apps, schema_editor):
    lines = apps.get_model("people", "MailingLine").objects.select_related("mailing")
    for line in lines.iterator(chunk_size=1000):
        token = token_of(line) if line.status == "waiting" else line.token
        line.token_hash = vault.link_hash(settings.SECRETS.pepper, token)
        line.save(update_fields=["token_hash"])


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0004_whole"),
    ]

    operations = [
        migrations.AddField("MailingLine", "token_hash", models.BinaryField(editable=False, max_length=32, null=True)),
        migrations.RunPython(hash_tokens, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("MailingLine", "token_hash", models.BinaryField(editable=False, max_length=32, unique=True)),
        migrations.RemoveField("MailingLine", "token"),
    ]
