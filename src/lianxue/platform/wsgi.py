"""The web application as WSGI servers see it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianxue.platform.settings")
# Requests are answered in several threads of one process, which share a few connections.
os.environ.setdefault("LIANXUE_DATABASE_POOL", "8")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
