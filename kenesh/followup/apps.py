from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "kenesh.followup"
    label = "followup"

    def ready(self) -> None:
        from kenesh.council import references
        from kenesh.followup import (
            agenda,
            counts,
            panels,
            receivers,  # noqa: F401  # importing them connects them
            seeding,
        )
        from kenesh.followup.findable import Recommendations
        from kenesh.followup.findings import RecommendationTaker
        from kenesh.followup.models import Addressee, Recommendation
        from kenesh.followup.queries.joining import told_of_join
        from kenesh.followup.queries.projects import told_of_project
        from kenesh.followup.rules import Permission
        from kenesh.kernel import findings, navigation
        from kenesh.kernel import panels as places
        from kenesh.people import joining, reports
        from kenesh.search import actions, findable

        post_migrate.connect(seeding.seed_after_migrate, dispatch_uid="followup-due-by-law")
        post_migrate.connect(counts.create_after_migrate, dispatch_uid="followup-counts")
        findings.register(RecommendationTaker())
        navigation.add(navigation.Entry(60, _("Recommendations"), "followup_work:list", Permission.SEE_RECOMMENDATIONS))
        references.register(agenda.Recommendations())
        places.register("problem", panels.of_problem, order=40)
        places.register("decision", panels.of_decision, order=40)
        places.register("public_body", panels.of_body, order=40)
        places.register("recommendation", panels.beside, order=10)
        places.register("home", panels.newest_results, order=20)
        places.register("work_home", panels.came_in_at_work, order=45)
        places.register("work_home", panels.late_at_work, order=50)
        reports.register(told_of_project, order=50)
        joining.register(told_of_join, order=50)
        findable.register(Recommendations())
        actions.follow(Recommendation, "recommendation", lambda row: row.code)
        actions.follow(Addressee, "recommendation", lambda addressee: addressee.recommendation.code)
