"""Addresses of the council: `public` under /<lang>/, `work` under /work/."""

from django.urls import path

from kenesh.council.views import ballots, elections, live, meetings, papers, phones, proposals, written
from kenesh.council.views import public as pages

app_name = "council"

public_urlpatterns = [
    path("council/", pages.body_list, name="bodies"),
    path("council/decisions/<code:code>/", pages.decision_page, name="decision"),
    path("council/decisions/<code:code>/excerpt/", papers.excerpt_page, name="excerpt"),
    path("council/decisions/<code:code>/excerpt.docx", papers.excerpt_word, name="excerpt_word"),
    path("council/<code:code>/", pages.body_page, name="body"),
    path("meetings/", pages.meeting_list, name="list"),
    path("meetings/<code:code>/", pages.meeting_page, name="meeting"),
    path("meetings/<code:code>/minutes/", papers.minutes_page, name="minutes"),
    path("meetings/<code:code>/minutes.docx", papers.minutes_word, name="minutes_word"),
    path("meetings/<code:code>/minutes.akn.xml", papers.minutes_xml, name="minutes_xml"),
    path("meetings/<code:code>/calendar.ics", pages.calendar_file, name="calendar"),
    path("phone/", phones.phone, name="phone"),
    path("phone/word/", phones.phone_word, name="phone_word"),
    path("phone/ballots/<int:pk>/", phones.phone_vote, name="phone_vote"),
    path("phone/ballots/<int:pk>/counted/", phones.phone_counted, name="phone_counted"),
    path("phone/<str:token>/", phones.phone_link, name="phone_link"),
]

work_urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/written/", written.new_written, name="new_written"),
    path("meetings/new/", meetings.new_meeting, name="new"),
    path("meetings/<code:code>/", meetings.meeting_page, name="meeting"),
    path("meetings/<code:code>/edit/", meetings.edit_meeting, name="edit"),
    path("meetings/<code:code>/status/", meetings.change_status, name="status"),
    path("meetings/<code:code>/agenda/new/", meetings.new_item, name="new_item"),
    path("meetings/<code:code>/agenda/<int:pk>/", meetings.edit_item, name="item"),
    path("meetings/<code:code>/agenda/<int:pk>/move/", meetings.move_item, name="move_item"),
    path("meetings/<code:code>/agenda/<int:pk>/remove/", meetings.remove_item, name="remove_item"),
    path("meetings/<code:code>/agenda/<int:pk>/propose/", proposals.new_proposal, name="propose"),
    path("meetings/<code:code>/agenda/<int:pk>/call/", phones.call_item, name="call_item"),
    path("meetings/<code:code>/beamer/", live.beamer, name="beamer"),
    path("meetings/<code:code>/chair/", live.chair, name="chair"),
    path("meetings/<code:code>/agenda/<int:pk>/elect/", elections.new_election, name="new_election"),
    path("meetings/<code:code>/elections/<code:election>/", elections.election, name="election"),
    path("meetings/<code:code>/proxies/", ballots.proxies, name="proxies"),
    path("meetings/<code:code>/weights/", ballots.weights, name="weights"),
    path("meetings/<code:code>/ballots/<int:pk>/", ballots.ballot, name="ballot"),
    path("meetings/<code:code>/object/", written.object_to, name="object"),
    path("meetings/<code:code>/phones/", phones.links, name="phones"),
    path("meetings/<code:code>/phones/revoke/", phones.revoke, name="revoke_phones"),
    path("meetings/<code:code>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<code:code>/proposals/<code:proposal>/withdraw/", proposals.withdraw, name="withdraw"),
    path("meetings/<code:code>/proposals/<code:proposal>/position/", proposals.position, name="position"),
    path("meetings/<code:code>/proposals/<code:proposal>/consensus/", proposals.consensus, name="consensus"),
    path("meetings/<code:code>/proposals/<code:proposal>/ballot/", proposals.open_ballot, name="open_ballot"),
    path("meetings/<code:code>/ballots/<int:pk>/vote/", proposals.vote, name="vote"),
    path("meetings/<code:code>/ballots/<int:pk>/votes/", proposals.votes, name="votes"),
    path("meetings/<code:code>/ballots/<int:pk>/counted/", proposals.counted, name="counted"),
    path("meetings/<code:code>/ballots/<int:pk>/close/", proposals.close_ballot, name="close_ballot"),
    path("meetings/<code:code>/ballots/<int:pk>/adopt/", proposals.adopt, name="adopt"),
    path("meetings/<code:code>/decisions/<code:decision>/", proposals.decision, name="decision"),
    path("meetings/<code:code>/minutes/", proposals.minutes, name="minutes"),
    path("meetings/<code:code>/minutes/status/", proposals.minutes_status, name="minutes_status"),
    path("meetings/<code:code>/minutes/minutes.docx", papers.internal_minutes_word, name="minutes_word"),
    path("meetings/<code:code>/minutes/attendance.docx", papers.attendance_word, name="attendance_word"),
    path("meetings/<code:code>/minutes/badges.docx", papers.badges_word, name="badges_word"),
    path("meetings/<code:code>/decisions/<code:decision>/excerpt/", papers.internal_excerpt, name="excerpt"),
    path("meetings/<code:code>/decisions/<code:decision>/excerpt.docx", papers.internal_excerpt_word, name="excerpt_word"),
]

public = (public_urlpatterns, "council")
work = (work_urlpatterns, "council_work")
