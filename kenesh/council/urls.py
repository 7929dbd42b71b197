"""Addresses of the council: `public` under /<lang>/, `work` under /work/."""

from django.urls import path

from kenesh.council.views import amendments, endorsements, meetings, minutes, papers, phones, proposals
from kenesh.council.views import public as pages

app_name = "council"

public_urlpatterns = [
    path("council/", pages.body_list, name="bodies"),
    path("council/decisions/<code:code>/", pages.decision_page, name="decision"),
    path("council/decisions/<code:code>/excerpt/", papers.excerpt_page, name="excerpt"),
    path("council/decisions/<code:code>/excerpt.docx", papers.excerpt_word, name="excerpt_word"),
    path("council/decisions/<code:code>/excerpt.pdf", papers.excerpt_pdf, name="excerpt_pdf"),
    path("council/<code:code>/", pages.body_page, name="body"),
    path("meetings/", pages.meeting_list, name="list"),
    path("meetings/<code:code>/", pages.meeting_page, name="meeting"),
    path("meetings/<code:code>/minutes/", papers.minutes_page, name="minutes"),
    path("meetings/<code:code>/minutes.docx", papers.minutes_word, name="minutes_word"),
    path("meetings/<code:code>/minutes.pdf", papers.minutes_pdf, name="minutes_pdf"),
    path("meetings/<code:code>/minutes.akn.xml", papers.minutes_xml, name="minutes_xml"),
    path("meetings/<code:code>/calendar.ics", pages.calendar_file, name="calendar"),
    path("phone/", phones.phone, name="phone"),
    path("phone/ballots/<int:pk>/", phones.phone_vote, name="phone_vote"),
    path("phone/ballots/<int:pk>/counted/", phones.phone_counted, name="phone_counted"),
    path("phone/<str:token>/", phones.phone_link, name="phone_link"),
]

work_urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
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
    path("meetings/<code:code>/phones/", phones.links, name="phones"),
    path("meetings/<code:code>/phones/revoke/", phones.revoke, name="revoke_phones"),
    path("meetings/<code:code>/attendance/", meetings.attendance, name="attendance"),
    path("meetings/<code:code>/proposals/<code:proposal>/", amendments.proposal_page, name="proposal"),
    path("meetings/<code:code>/proposals/<code:proposal>/edit/", amendments.edit_proposal, name="edit_proposal"),
    path("meetings/<code:code>/proposals/<code:proposal>/text/", amendments.edit_text, name="edit_text"),
    path("meetings/<code:code>/proposals/<code:proposal>/amend/", amendments.amend, name="amend"),
    path("meetings/<code:code>/proposals/<code:proposal>/amendments/<code:amendment>/", amendments.amendment, name="amendment"),
    path(
        "meetings/<code:code>/proposals/<code:proposal>/amendments/<code:amendment>/withdraw/",
        amendments.withdraw_amendment,
        name="withdraw_amendment",
    ),
    path("meetings/<code:code>/proposals/<code:proposal>/comment/", amendments.comment, name="comment"),
    path("meetings/<code:code>/proposals/<code:proposal>/sponsor/", amendments.sponsor, name="sponsor"),
    path("meetings/<code:code>/proposals/<code:proposal>/join/<code:into>/", amendments.merge, name="merge"),
    path("meetings/<code:code>/proposals/<code:proposal>/law/", amendments.law_row, name="new_law_row"),
    path("meetings/<code:code>/proposals/<code:proposal>/law/<int:pk>/", amendments.law_row, name="law_row"),
    path("meetings/<code:code>/decisions/<code:decision>/states/", endorsements.states, name="states"),
    path("meetings/<code:code>/decisions/<code:decision>/states/show/", endorsements.show_states, name="show_states"),
    path("meetings/<code:code>/decisions/<code:decision>/states/signed/<int:pk>/", endorsements.co_sign, name="co_sign"),
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
    path("meetings/<code:code>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<code:code>/minutes/points/<int:pk>/", minutes.notes, name="notes"),
    path("meetings/<code:code>/minutes/minutes.pdf", papers.internal_minutes_pdf, name="minutes_pdf"),
    path("meetings/<code:code>/decisions/<code:decision>/excerpt.pdf", papers.internal_excerpt_pdf, name="excerpt_pdf"),
    path("meetings/<code:code>/minutes/status/", minutes.minutes_status, name="minutes_status"),
    path("meetings/<code:code>/minutes/minutes.docx", papers.internal_minutes_word, name="minutes_word"),
    path("meetings/<code:code>/minutes/attendance.docx", papers.attendance_word, name="attendance_word"),
    path("meetings/<code:code>/minutes/badges.docx", papers.badges_word, name="badges_word"),
    path("meetings/<code:code>/decisions/<code:decision>/excerpt/", papers.internal_excerpt, name="excerpt"),
    path("meetings/<code:code>/decisions/<code:decision>/excerpt.docx", papers.internal_excerpt_word, name="excerpt_word"),
]

public = (public_urlpatterns, "council")
work = (work_urlpatterns, "council_work")
