"""Addresses of the council: `public` under /<lang>/, `work` under /work/."""

from django.urls import path

from kenesh.council.views import checkin, invitations, meetings, papers, phones, programme, proposals
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
    path("meetings/<code:code>/programme/", programme.programme_page, name="programme"),
    path("meetings/<code:code>/minutes/", papers.minutes_page, name="minutes"),
    path("meetings/<code:code>/minutes.docx", papers.minutes_word, name="minutes_word"),
    path("meetings/<code:code>/minutes.akn.xml", papers.minutes_xml, name="minutes_xml"),
    path("meetings/<code:code>/calendar.ics", pages.calendar_file, name="calendar"),
    path("invitation/<str:token>/", invitations.answer, name="answer_invitation"),
    path("invitation/<str:token>/calendar.ics", invitations.answer_calendar, name="answer_calendar"),
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
    path("meetings/<code:code>/next/", programme.plan_next, name="next"),
    path("meetings/<code:code>/programme/", programme.work_programme, name="programme"),
    path("meetings/<code:code>/programme/new/", programme.new_session, name="new_session"),
    path("meetings/<code:code>/programme/<int:pk>/", programme.edit_session, name="session"),
    path("meetings/<code:code>/programme/<int:pk>/remove/", programme.remove_session, name="remove_session"),
    path("meetings/<code:code>/rooms/new/", programme.new_room, name="new_room"),
    path("meetings/<code:code>/rooms/<int:pk>/", programme.edit_room, name="room"),
    path("meetings/<code:code>/rooms/<int:pk>/remove/", programme.remove_room, name="remove_room"),
    path("meetings/<code:code>/invitations/", invitations.invitation_list, name="invitations"),
    path("meetings/<code:code>/invitations/seats/", invitations.invite_seats, name="invite_seats"),
    path("meetings/<code:code>/invitations/send/", invitations.send, name="send_invitations"),
    path("meetings/<code:code>/invitations/letters.pdf", invitations.letters_to_print, name="letters_to_print"),
    path("meetings/<code:code>/invitations/<int:pk>/", invitations.invitation_page, name="invitation"),
    path("meetings/<code:code>/invitations/<int:pk>/change/", invitations.change_invitation, name="change_invitation"),
    path("meetings/<code:code>/invitations/<int:pk>/letter.docx", invitations.letter_word, name="letter_word"),
    path("meetings/<code:code>/invitations/<int:pk>/letter.pdf", invitations.letter_pdf, name="letter_pdf"),
    path("meetings/<code:code>/badges/", checkin.badges, name="badges"),
    path("meetings/<code:code>/check-in/", checkin.check_in, name="check_in"),
    path("meetings/<code:code>/check-in/<code:badge>/", checkin.badge, name="badge"),
    path("meetings/<code:code>/rules/", checkin.rules, name="rules"),
    path("meetings/<code:code>/travel/", checkin.travel_page, name="travel"),
    path("meetings/<code:code>/travel.xlsx", checkin.travel_file, name="travel_file"),
    path("meetings/<code:code>/travel/<int:pk>/", checkin.sign_travel, name="sign_travel"),
    path("meetings/<code:code>/agenda/new/", meetings.new_item, name="new_item"),
    path("meetings/<code:code>/agenda/<int:pk>/", meetings.edit_item, name="item"),
    path("meetings/<code:code>/agenda/<int:pk>/move/", meetings.move_item, name="move_item"),
    path("meetings/<code:code>/agenda/<int:pk>/remove/", meetings.remove_item, name="remove_item"),
    path("meetings/<code:code>/agenda/<int:pk>/propose/", proposals.new_proposal, name="propose"),
    path("meetings/<code:code>/agenda/<int:pk>/call/", phones.call_item, name="call_item"),
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
