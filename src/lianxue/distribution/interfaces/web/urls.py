"""Addresses of distribution."""

from lianxue.distribution.interfaces.web.fulfilment.urls import urlpatterns as fulfilment
from lianxue.distribution.interfaces.web.rounds.urls import urlpatterns as rounds

app_name = "distribution"
urlpatterns = [*rounds, *fulfilment]
