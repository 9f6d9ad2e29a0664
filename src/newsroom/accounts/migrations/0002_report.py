"""Where readers tell an outlet of errors: a mail address, or a form's; '' for nowhere yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more thing that an outlet says of itself."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField("outlet", "report", models.CharField(blank=True, default="", max_length=200)),
    ]
