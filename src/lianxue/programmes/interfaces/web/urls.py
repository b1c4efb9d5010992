"""Addresses of programmes."""

from lianxue.programmes.interfaces.web.calls.urls import urlpatterns as calls
from lianxue.programmes.interfaces.web.desks.urls import urlpatterns as desks
from lianxue.programmes.interfaces.web.filling.urls import urlpatterns as filling
from lianxue.programmes.interfaces.web.panels.urls import urlpatterns as panels
from lianxue.programmes.interfaces.web.products.urls import urlpatterns as products

app_name = "programmes"
urlpatterns = [*calls, *filling, *desks, *panels, *products]
