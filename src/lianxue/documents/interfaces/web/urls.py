"""The addresses of documents."""

from django.urls import path

from lianxue.documents.interfaces.web import codes, letters

app_name = "documents"

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.new_letter, name="new-letter"),
    path("letters/codes/", codes.codes, name="codes"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/pdf/", letters.letter_as_pdf, name="letter-pdf"),
    path("letters/<int:pk>/docx/", letters.letter_as_docx, name="letter-docx"),
    path("letters/<int:pk>/withdraw/", letters.withdraw, name="withdraw-letter"),
]
