import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Common',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=60, unique=True)),
                ('entries', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'common terms',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=12)),
                ('terms', models.TextField()),
                ('languages', models.JSONField(default=list)),
                ('countries', models.JSONField(default=list)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('body', models.CharField(blank=True, max_length=8)),
                ('revision', models.CharField(max_length=16)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='search_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Vector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=120)),
                ('revision', models.CharField(max_length=60)),
                ('values', models.BinaryField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='search.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['model', 'revision', 'entry'], name='search_vector_of_model')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'model', 'revision'), name='search_vector_once')],
            },
        ),
    ]
