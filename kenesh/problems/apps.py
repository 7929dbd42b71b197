from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    name = "kenesh.problems"
    label = "problems"

    def ready(self) -> None:
        from kenesh.kernel import findings, navigation, panels
        from kenesh.people import joining
        from kenesh.problems import receivers, replays  # noqa: F401  # importing them registers them
        from kenesh.problems.findable import Problems
        from kenesh.problems.findings import ProblemTaker
        from kenesh.problems.models import Problem
        from kenesh.problems.panels import latest_problems
        from kenesh.problems.queries.joining import told_of_join
        from kenesh.problems.rules import Permission
        from kenesh.search import actions, findable

        findings.register(ProblemTaker())
        navigation.add(navigation.Entry(40, _("Problems"), "problems_work:list", Permission.SEE_PROBLEMS))
        panels.register("home", latest_problems, order=30)
        joining.register(told_of_join, order=30)
        findable.register(Problems())
        actions.follow(Problem, "problem", lambda problem: problem.code)
