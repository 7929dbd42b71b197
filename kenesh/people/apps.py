from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "kenesh.people"
    label = "people"

    def ready(self) -> None:
        from kenesh.kernel import findings, panels
        from kenesh.kernel.navigation import Entry, add
        from kenesh.people import joining, receivers, replays  # noqa: F401  # importing receivers and replays registers them
        from kenesh.people.findable import Centres
        from kenesh.people.findings import OrganisationTaker, PersonTaker
        from kenesh.people.panels import where_help_is
        from kenesh.people.queries import names_of_bodies
        from kenesh.people.queries.joined import told_here
        from kenesh.people.reports import bodies_and_centres, register
        from kenesh.people.rules import Permission
        from kenesh.search import findable

        findings.register(OrganisationTaker())
        findings.register(PersonTaker())

        add(Entry(60, _("Organisations"), "people_work:organisations", Permission.FILL_NODE))
        add(Entry(61, _("Bodies"), "people_work:bodies", Permission.KEEP_BODIES))
        add(Entry(62, _("Persons"), "people_work:persons", Permission.KEEP_BODIES))
        add(Entry(57, _("Address book"), "people_work:address_book", Permission.KEEP_ADDRESS_BOOK))
        add(Entry(58, _("Projects"), "people_work:projects", Permission.KEEP_PROJECTS))
        add(Entry(63, _("Accounts"), "people_work:accounts", Permission.MANAGE_ALL_ACCOUNTS))
        add(Entry(64, _("The trail"), "people_work:trail", Permission.READ_TRAIL))
        add(Entry(80, _("Colleagues"), "people_work:colleagues", Permission.SEE_COLLEAGUES))
        add(Entry(90, _("My account"), "people_work:account", Permission.USE_ACCOUNT))
        findable.register(Centres())
        findable.register_names_of_bodies(names_of_bodies)
        panels.register("home", where_help_is, order=10)
        register(bodies_and_centres, order=10)
        joining.register(told_here, order=10)
