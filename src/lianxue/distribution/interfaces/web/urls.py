"""Addresses of distribution."""

from lianxue.distribution.interfaces.web.allocation.urls import urlpatterns as allocation
from lianxue.distribution.interfaces.web.desk.urls import urlpatterns as desk
from lianxue.distribution.interfaces.web.display.urls import urlpatterns as display
from lianxue.distribution.interfaces.web.feedback.urls import urlpatterns as feedback
from lianxue.distribution.interfaces.web.figures.urls import urlpatterns as figures
from lianxue.distribution.interfaces.web.fulfilment.urls import urlpatterns as fulfilment
from lianxue.distribution.interfaces.web.online.urls import urlpatterns as online
from lianxue.distribution.interfaces.web.rounds.urls import urlpatterns as rounds
from lianxue.distribution.interfaces.web.selections.urls import urlpatterns as selections
from lianxue.distribution.interfaces.web.shipping.urls import urlpatterns as shipping
from lianxue.distribution.interfaces.web.stocktaking.urls import urlpatterns as stocktaking

app_name = "distribution"
urlpatterns = [
    *rounds,
    *allocation,
    *desk,
    *fulfilment,
    *display,
    *shipping,
    *stocktaking,
    *online,
    *selections,
    *figures,
    *feedback,
]
