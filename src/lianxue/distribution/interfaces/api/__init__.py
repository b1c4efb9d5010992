"""Distribution for programs: rounds, demand, shipments, stock, loans and issues, by the same operations as the pages."""

from ninja import Router

from lianxue.distribution.interfaces.api import demand, lending, rounds, shipments, stock

router = Router()
for part in (rounds.router, demand.router, shipments.router, stock.router, lending.router):
    router.add_router("", part)
