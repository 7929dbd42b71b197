from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "kenesh.casework"
    label = "casework"

    def ready(self) -> None:
        from kenesh.appeals import first_answer
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
        from kenesh.casework.importing import writing  # noqa: F401  # importing it registers its kinds of work
        from kenesh.casework.limits import panel, seeding
        from kenesh.casework.queries import first_answer_days
        from kenesh.casework.rules import Permission
        from kenesh.casework.statistics import job  # noqa: F401  # importing it registers its kind of work
        from kenesh.casework.statistics.projects import told_of_project
        from kenesh.kernel import navigation
        from kenesh.kernel.panels import register
        from kenesh.people import reports

        work = Permission.WORK_ON_CASES
        for order, label, address, permission in (
            (10, _("Queue"), "casework_work:queue", work),
            (11, _("Urgent"), "casework_work:urgent", work),
            (12, _("Search"), "casework_work:search", work),
            (13, _("New by phone or visit"), "casework_work:intake", work),
            (14, _("Calls to make"), "casework_work:calls", work),
            (15, _("Contacts"), "casework_work:contacts", work),
            (16, _("Referrals"), "office_work:referrals", work),
            (17, _("Checks after closing"), "office_work:followups", work),
            (18, _("Statistics"), "office_work:statistics", Permission.SEE_STATISTICS),
            (30, _("Legal time limits"), "office_work:limits", Permission.SEE_LIMITS),
            (31, _("Rules of the office"), "office_work:office_rules", work),
            (32, _("Keeping and destroying"), "office_work:keeping_offices", work),
            (33, _("Import of registers"), "office_work:registers", work),
        ):
            navigation.add(navigation.Entry(order, label, address, permission))
        first_answer.ruled_by(first_answer_days)
        reports.register(told_of_project, order=60)
        register("work_home", panels.waiting_work, order=10)
        register("office_keys", renewal_panel.keys_to_renew)
        register("appeal_read", suggested.beside_appeal)
        register("case_facts", suggested.beside_case)
        register("work_home", panels.waiting_quotations, order=15)
        register("work_home", status_panel.waiting_referrals, order=20)
        register("work_home", status_panel.offices_that_close, order=90)
        register("appeal_status", status_panel.who_holds_what, order=10)
        register("appeal_status", status_panel.words_of_hers, order=20)
        register("appeal_erase", status_panel.days_that_run, order=10)
        register("appeal_erase", status_panel.copies_elsewhere, order=20)
        register("no_key", status_panel.who_may_open)
        register("work_home", panel.told_as_lead, order=90)
        post_migrate.connect(seeding.seed_after_migrate, dispatch_uid="casework-limits")
        post_migrate.connect(tallies.create_after_migrate, dispatch_uid="casework-tallies")
