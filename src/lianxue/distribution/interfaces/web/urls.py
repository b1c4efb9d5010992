"""Addresses of distribution."""

from lianxue.distribution.interfaces.web.allocation.urls import urlpatterns as allocation
from lianxue.distribution.interfaces.web.display.urls import urlpatterns as display
from lianxue.distribution.interfaces.web.figures.urls import urlpatterns as figures
from lianxue.distribution.interfaces.web.fulfilment.urls import urlpatterns as fulfilment
from lianxue.distribution.interfaces.web.rounds.urls import urlpatterns as rounds
from lianxue.distribution.interfaces.web.selections.urls import urlpatterns as selections
from lianxue.distribution.interfaces.web.shipping.urls import urlpatterns as shipping
from lianxue.distribution.interfaces.web.stocktaking.urls import urlpatterns as stocktaking

app_name = "distribution"
urlpatterns = [*rounds, *allocation, *fulfilment, *display, *shipping, *stocktaking, *selections, *figures]
