"""The addresses of the web feature."""

from tests.walk.world import EVERYBODY, Address

ADDRESSES = {
    "web:home": Address(opens_to=EVERYBODY),
    "web:accessibility": Address(opens_to=EVERYBODY),
    "web:api-docs": Address(opens_to=EVERYBODY),
    "web:api-document": Address(opens_to=EVERYBODY),
    "web:design": Address(opens_to=EVERYBODY),
    "web:text-size": Address(opens_to=EVERYBODY, answer=405),
}
