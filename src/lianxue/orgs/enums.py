"""Kinds of organisations, chains and roles, in the words of the source documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Text


class OrganisationKind(models.TextChoices):
    """What an organisation is (S0-08…12, S0-09)."""

    GUIDANCE_OFFICE = "guidance_office", _("Guidance office")
    COMMUNITY_COLLEGE = "community_college", _("Community college")
    ELDER_UNIVERSITY = "elder_university", _("Elder university")
    ELDER_GROUP_OFFICE = "elder_group_office", _("Elder-group office")
    COMMUNITY_SCHOOL = "community_school", _("Community school")
    ELDER_BRANCH = "elder_branch", _("Elder-university branch")
    CARE_LEARNING_POINT = "care_learning_point", _("Care-learning point")
    EDUCATION_AUTHORITY = "education_authority", _("Education authority")
    EDUCATION_TECHNOLOGY_CENTRE = "education_technology_centre", _("Education technology centre")  # S1-14
    SUBDISTRICT = "subdistrict", _("Street or town")  # S2-51
    SCHOOL = "school", _("School")  # S1-41
    SUPPLIER = "supplier", _("Supplier")
    OTHER = "other", _("Other")


class Chain(models.TextChoices):
    """Hierarchies in which organisations stand; one organisation may stand in several (S0-06, S1-40, S2-03)."""

    DISTRIBUTION = "distribution", _("Distribution tiers")
    COMMUNITY_EDUCATION = "community_education", _("Community-education system")
    ELDER_EDUCATION = "elder_education", _("Elder-university system")
    CARE_LEARNING = "care_learning", _("Care-learning system")
    SUPPLY = "supply", _("Supply")
    RESOURCE_SERVICE = "resource_service", _("Public-service system for education resources")
    EDUCATION_ADMINISTRATION = "education_administration", _("Education administration")


# Authority goes down these one step at a time (S1-40: 省-市-县-校 逐级授权).
DELEGATING_CHAINS = (Chain.DISTRIBUTION, Chain.RESOURCE_SERVICE, Chain.EDUCATION_ADMINISTRATION)

SYSTEM_CHAINS = (Chain.COMMUNITY_EDUCATION, Chain.ELDER_EDUCATION, Chain.CARE_LEARNING)

# S0-06, S0-12: which of the three systems a kind of organisation belongs to.
SYSTEM_OF_KIND = {
    OrganisationKind.COMMUNITY_COLLEGE: Chain.COMMUNITY_EDUCATION,
    OrganisationKind.COMMUNITY_SCHOOL: Chain.COMMUNITY_EDUCATION,
    OrganisationKind.ELDER_UNIVERSITY: Chain.ELDER_EDUCATION,
    OrganisationKind.ELDER_GROUP_OFFICE: Chain.ELDER_EDUCATION,
    OrganisationKind.ELDER_BRANCH: Chain.ELDER_EDUCATION,
    OrganisationKind.CARE_LEARNING_POINT: Chain.CARE_LEARNING,
}

# S1-40, S2-03: kinds that stand in the tree of the education authorities or of the resource service, not in the tiers.
TREE_OF_KIND = {
    OrganisationKind.EDUCATION_AUTHORITY: Chain.EDUCATION_ADMINISTRATION,
    OrganisationKind.SUBDISTRICT: Chain.EDUCATION_ADMINISTRATION,
    OrganisationKind.EDUCATION_TECHNOLOGY_CENTRE: Chain.RESOURCE_SERVICE,
    OrganisationKind.SCHOOL: Chain.RESOURCE_SERVICE,
}


class Role(models.TextChoices):
    """What a post allows; the tier of an administrator is the place of the organisation (S0-13)."""

    TIER_ADMIN = "tier_admin", _("Administrator")
    DESK_CLERK = "desk_clerk", _("Desk volunteer")
    RESOURCE_REVIEWER = "resource_reviewer", _("Resource reviewer")
    SUPPLIER_CLERK = "supplier_clerk", _("Supplier clerk")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_OPERATOR = "system_operator", _("System operator")
    EXPERT = "expert", _("Panel expert")


_TIER_ADMINISTRATORS: dict[int, Text] = {  # S0-13
    1: _("Tier-1 administrator"),
    2: _("Tier-2 administrator"),
    3: _("Tier-3 administrator"),
    4: _("Tier-4 administrator"),
}


def role_label(role: Role | str, tier: int | None) -> Text:
    """Return what somebody with ``role`` on ``tier`` is called; only administrators are called by their tier."""
    if role == Role.TIER_ADMIN and tier in _TIER_ADMINISTRATORS:
        return _TIER_ADMINISTRATORS[tier]
    return Role(role).label
