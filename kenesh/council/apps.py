from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "kenesh.council"
    label = "council"
    verbose_name = "Council"

    def ready(self) -> None:
        from kenesh.council import panels, receivers  # noqa: F401  # importing the receivers connects them
        from kenesh.council.findable import Decisions, Meetings
        from kenesh.council.findings import MeetingTaker
        from kenesh.council.models import AgendaItem, Decision, Meeting
        from kenesh.council.queries.joining import told_of_join
        from kenesh.council.queries.projects import told_of_project
        from kenesh.council.rules import Permission
        from kenesh.kernel import findings, navigation
        from kenesh.kernel.panels import register
        from kenesh.people import joining, reports
        from kenesh.search import actions, findable

        findings.register(MeetingTaker())
        navigation.add(navigation.Entry(50, _("Meetings"), "council_work:list", Permission.SEE_MEETINGS))
        register("problem", panels.problem_at_meetings, order=40)
        register("problem_work", panels.problem_on_agenda, order=40)
        register("home", panels.council_at_home, order=40)
        register("document", panels.document_at_meetings, order=60)
        register("project", panels.project_documents, order=40)
        reports.register(told_of_project, order=40)
        joining.register(told_of_join, order=40)
        register("work_home", panels.next_at_work, order=40)
        findable.register(Meetings())
        findable.register(Decisions())
        actions.follow(Meeting, "meeting", lambda meeting: meeting.code)
        actions.follow(AgendaItem, "meeting", lambda item: item.meeting.code)
        actions.follow(Decision, "decision", lambda decision: decision.code)
