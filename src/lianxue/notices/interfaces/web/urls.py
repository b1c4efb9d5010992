"""The addresses of notices."""

from django.urls import path

from lianxue.notices.interfaces.web import inbox, preferences, robot, undelivered

app_name = "notices"

urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/<int:pk>/", inbox.open_notice, name="open"),
    path("notices/read/", inbox.read_all, name="read"),
    path("notices/preferences/", preferences.preferences, name="preferences"),
    path("notices/preferences/address/", preferences.ask, name="ask"),
    path("notices/confirm/<str:token>/", preferences.confirm, name="confirm"),
    path("notices/robot/", robot.robot, name="robot"),
    path("notices/robot/try/", robot.try_out, name="robot-try"),
    path("notices/robot/remove/", robot.remove, name="robot-remove"),
    path("notices/undelivered/", undelivered.undelivered_list, name="undelivered"),
    path("notices/undelivered/<int:pk>/again/", undelivered.again, name="again"),
]
