"""Addresses of the desk and of the registers."""

from django.urls import URLPattern, path

from lianxue.distribution.interfaces.web.desk import (
    class_list,
    desk,
    handing_out,
    issue,
    labels,
    loan,
    register_import,
    registers,
    reservations,
    scan,
    terms,
)

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/scan/", scan.scan, name="desk-scan"),
    path("desk/readers/", handing_out.readers, name="desk-readers"),
    path("desk/terms/", terms.terms, name="desk-terms"),
    path("desk/lend/<int:entry_id>/", handing_out.lend, name="desk-lend"),
    path("desk/issue/<int:entry_id>/", handing_out.issue, name="desk-issue"),
    path("desk/reserve/<int:entry_id>/", handing_out.reserve, name="desk-reserve"),
    path("desk/labels/", labels.labels, name="labels"),
    path("desk/class/", class_list.class_list, name="class-list"),
    path("desk/class/list.xlsx", class_list.blank, name="class-list-blank"),
    path("reservations/", reservations.reservations, name="reservations"),
    path("reservations/<int:pk>/cancel/", reservations.cancel, name="reservation-cancel"),
    path("loans/<int:pk>/", loan.loan, name="loan"),
    path("loans/<int:pk>/return/", loan.take_back, name="loan-return"),
    path("loans/<int:pk>/renew/", loan.renew, name="loan-renew"),
    path("loans/<int:pk>/undo/", loan.undo, name="loan-undo"),
    path("loans/<int:pk>/lost/", loan.give_up, name="loan-lost"),
    path("loans/<int:pk>/telephone/", loan.show_phone, name="loan-phone"),
    path("issues/<int:pk>/", issue.issue, name="issue"),
    path("registers/import/<str:which>/", register_import.register_import, name="register-import"),
    path("registers/loans/", registers.loans, name="register-loans"),
    path("registers/loans.<str:ending>", registers.loans_file, name="register-loans-file"),
    path("registers/issues/", registers.issues, name="register-issues"),
    path("registers/issues.<str:ending>", registers.issues_file, name="register-issues-file"),
]
