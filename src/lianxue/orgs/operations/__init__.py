"""Use cases of orgs."""

from lianxue.orgs.operations.appoint import appoint
from lianxue.orgs.operations.appoint_new_person import appoint_new_person
from lianxue.orgs.operations.change_organisation import MAY_CHANGE, change_organisation
from lianxue.orgs.operations.choose_post import choose_post
from lianxue.orgs.operations.end_post import end_post
from lianxue.orgs.operations.exports import record_audit_export, record_people_export
from lianxue.orgs.operations.import_organisations import (
    OrganisationRow,
    import_organisations,
    usual_places,
)
from lianxue.orgs.operations.keep_marked_table import keep_marked_table
from lianxue.orgs.operations.load_divisions import load_divisions
from lianxue.orgs.operations.register_organisation import place_in_chain, register_organisation
from lianxue.orgs.operations.renew_password import renew_password
from lianxue.orgs.operations.reveal_personal_data import PersonalField, reveal_personal_data

__all__ = [
    "MAY_CHANGE",
    "OrganisationRow",
    "PersonalField",
    "appoint",
    "appoint_new_person",
    "change_organisation",
    "choose_post",
    "end_post",
    "import_organisations",
    "keep_marked_table",
    "load_divisions",
    "place_in_chain",
    "record_audit_export",
    "record_people_export",
    "register_organisation",
    "renew_password",
    "reveal_personal_data",
    "usual_places",
]
