"""Addresses of the demonstration; not part of a real installation."""

from django.urls import path

from lianxue.demo.interfaces.web import sign_in

app_name = "demo"
urlpatterns = [
    path("roles/", sign_in.roles, name="roles"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
]
