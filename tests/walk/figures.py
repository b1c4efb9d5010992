"""The addresses of the figures."""

from tests.walk.world import COLLEGE, OFFICE, UNIVERSITY, Address

ABOVE = frozenset({OFFICE, COLLEGE, UNIVERSITY})

ADDRESSES = {
    "distribution:figures": Address(opens_to=ABOVE),
    "distribution:figures-years": Address(opens_to=ABOVE),
    "distribution:figures-points": Address(opens_to=ABOVE),
    "distribution:figures-parcels": Address(opens_to=ABOVE),
}
