from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "kenesh.casework"
    label = "casework"

    def ready(self) -> None:
        from kenesh.casework import (
            panels,
            receivers,  # noqa: F401  # importing them connects them
            reencrypt,  # noqa: F401  # importing it registers its kinds of work
            renewal_panel,
            replays,  # noqa: F401  # importing them registers them
            status_panel,
            suggested,
            tallies,
        )
        from kenesh.casework.limits import panel, seeding
        from kenesh.casework.rules import Permission
        from kenesh.kernel import navigation
        from kenesh.kernel.panels import register

        navigation.add(navigation.Entry(10, _("Queue"), "casework_work:queue", Permission.WORK_ON_CASES))
        navigation.add(navigation.Entry(11, _("New by phone or visit"), "casework_work:intake", Permission.WORK_ON_CASES))
        navigation.add(navigation.Entry(12, _("Contacts"), "casework_work:contacts", Permission.WORK_ON_CASES))
        navigation.add(navigation.Entry(13, _("Calls to make"), "casework_work:calls", Permission.WORK_ON_CASES))
        navigation.add(navigation.Entry(11, _("Search"), "casework_work:search", Permission.WORK_ON_CASES))
        register("work_home", panels.waiting_work, order=10)
        register("office_keys", renewal_panel.keys_to_renew)
        register("appeal_read", suggested.beside_appeal)
        register("case_facts", suggested.beside_case)
        register("work_home", status_panel.waiting_referrals, order=20)
        register("work_home", status_panel.offices_that_close, order=90)
        register("appeal_status", status_panel.who_holds_what, order=10)
        register("no_key", status_panel.who_may_open)
        navigation.add(navigation.Entry(15, _("Referrals"), "office_work:referrals", Permission.WORK_ON_CASES))
        register("work_home", panel.told_as_lead, order=90)
        navigation.add(navigation.Entry(14, _("Checks after closing"), "office_work:followups", Permission.WORK_ON_CASES))
        navigation.add(navigation.Entry(16, _("Legal time limits"), "office_work:limits", Permission.SEE_LIMITS))
        navigation.add(navigation.Entry(17, _("Rules of the office"), "office_work:office_rules", Permission.WORK_ON_CASES))
        post_migrate.connect(seeding.seed_after_migrate, dispatch_uid="casework-limits")
        post_migrate.connect(tallies.create_after_migrate, dispatch_uid="casework-tallies")
