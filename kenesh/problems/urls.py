from django.urls import path

from kenesh.problems import views

app_name = "problems"
public_urlpatterns = [
    path("problems/", views.problem_list, name="list"),
    path("problems/problems.atom", views.problem_feed, name="feed"),
    path("problems/trends/", views.trend_list, name="trends"),
    path("problems/trends/trends.csv", views.trends_table, name="trends_table"),
    path("problems/trends/corridors.csv", views.flows_table, name="flows_table"),
    path("problems/trends/<slug:theme>/months.csv", views.months_table, name="months_table"),
    path("problems/trends/<slug:theme>/<slug:corridor>/months.csv", views.months_table, name="months_of_corridor"),
    path("problems/trends/<slug:theme>/", views.trend_page, name="trend"),
    path("problems/trends/<slug:theme>/<slug:corridor>/", views.trend_page, name="trend_of_corridor"),
    path("problems/<code:code>/", views.problem_page, name="problem"),
    path("problems/<code:code>/words/", views.quotations, name="quotations"),
    path("problems/<code:code>/counts.csv", views.counts_table, name="counts"),
]
work_urlpatterns = [
    path("problems/", views.work_list, name="list"),
    path("problems/new/", views.propose, name="propose"),
    path("problems/<code:code>/", views.work_problem, name="problem"),
    path("problems/<code:code>/edit/", views.edit, name="edit"),
    path("problems/asked/<code:code>/", views.escalation, name="escalation"),
    path("problems/asked/<code:code>/take-back/", views.take_back_escalation, name="take_back_escalation"),
    path("problems/<code:code>/versions/<int:number>/", views.version, name="version"),
    path("problems/<code:code>/figures/", views.add_figure, name="add_figure"),
    path("problems/<code:code>/figures/<int:pk>/remove/", views.remove_figure, name="remove_figure"),
    path("problems/<code:code>/escalate/", views.escalate, name="escalate"),
    path("problems/<code:code>/accept/", views.accept, name="accept"),
    path("problems/<code:code>/defer/", views.defer, name="defer"),
    path("problems/<code:code>/close/", views.close, name="close"),
    path("problems/<code:code>/merge/", views.merge, name="merge"),
    path("problems/<code:code>/separate/", views.separate, name="separate"),
    path("problems/<code:code>/support/", views.support, name="support"),
    path("problems/<code:code>/tallies/<int:pk>/", views.tally, name="tally"),
]
public = (public_urlpatterns, app_name)
work = (work_urlpatterns, "problems_work")
