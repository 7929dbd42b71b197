from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('kernel', '0001_initial'), ('kernel', '0002_clock')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('boot', models.CharField(max_length=40)),
                ('up', models.FloatField()),
                ('jumped_by', models.BigIntegerField(default=0)),
                ('jumped_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='TrailHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=40, unique=True)),
                ('number', models.BigIntegerField(default=0)),
                ('mac', models.BinaryField(default=bytes, max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='WorkerBeat',
            fields=[
                ('worker', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='TrailEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(max_length=40)),
                ('number', models.BigIntegerField()),
                ('at', models.CharField(max_length=32)),
                ('actor', models.CharField(max_length=120)),
                ('verb', models.CharField(max_length=60)),
                ('target', models.CharField(max_length=120)),
                ('mac', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='trail_number_once')],
            },
        ),
    ]
