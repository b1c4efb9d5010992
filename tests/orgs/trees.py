"""Random networks for property tests."""

from hypothesis import strategies as st

from lianxue.orgs.enums import Chain, OrganisationKind
from lianxue.orgs.models import ChainNode, Organisation

# One tree is a list: entry i names the parent of organisation i among those before it (None: a top).
parents = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


def plant(shape: list[int], chain: Chain, organisations: list[Organisation]) -> None:
    """Give the organisations places in ``chain``: number i below one of those before it, or at the top."""
    nodes: list[ChainNode] = []
    for number, organisation in zip(shape, organisations, strict=False):
        above = nodes[number % (len(nodes) + 1) - 1] if number % (len(nodes) + 1) else None
        nodes.append(
            ChainNode(
                chain=chain,
                organisation=organisation,
                superior=above.organisation if above else None,
                depth=above.depth + 1 if above else 1,
                path=f"{above.path if above else '/'}{organisation.pk}/",
            )
        )
    ChainNode.objects.bulk_create(nodes)


def make_organisations(count: int) -> list[Organisation]:
    """Make organisations without any place."""
    return Organisation.objects.bulk_create(
        Organisation(code=f"o{number}", name=f"o{number}", kind=OrganisationKind.OTHER)
        for number in range(count)
    )


def is_above(top: Organisation, low: Organisation, chain: Chain) -> bool:
    """Tell, by walking up step by step, whether ``top`` stands above ``low``."""
    node = ChainNode.objects.filter(chain=chain, organisation=low).first()
    while node is not None and node.superior_id is not None:
        if node.superior_id == top.pk:
            return True
        node = ChainNode.objects.get(chain=chain, organisation_id=node.superior_id)
    return False
