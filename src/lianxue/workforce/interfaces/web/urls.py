"""Addresses of workforce."""

from lianxue.workforce.interfaces.web.appraisal.urls import urlpatterns as appraisal
from lianxue.workforce.interfaces.web.indicators.urls import urlpatterns as indicators
from lianxue.workforce.interfaces.web.training.urls import urlpatterns as training

app_name = "workforce"
urlpatterns = [*training, *indicators, *appraisal]
