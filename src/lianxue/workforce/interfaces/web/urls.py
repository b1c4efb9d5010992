"""Addresses of workforce."""

from lianxue.workforce.interfaces.web.training.urls import urlpatterns as training

app_name = "workforce"
urlpatterns = [*training]
