from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0013_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='election',
            name='counted_by',
            field=models.CharField(choices=[('heads', 'One vote for each member'), ('states', 'One vote for each State, whose members must agree'), ('weights', 'Each member has as many votes as the body gave it')], default='heads', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('counted_by', 'weights'), _negated=True), ('is_secret', False), _connector='OR'), name='election_weighed_by_name'),
        ),
    ]
