"""Fills a real site: points with copies to lend, parcels to confirm, titles of which one copy is left, sessions."""

from tests.faults.inside import answer, installation

POINTS = 4
COPIES = 500
PARCELS = 12  # to each point


def main() -> None:
    with installation() as asked:
        from django.conf import settings

        from tests.factories.distribution_stock import delivered_round, dispatched_round
        from tests.factories.orgs import client_for, small_network
        from tests.factories.resources import make_entry

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        network = small_network()
        points = network.points[:POINTS]
        entries = [make_entry("书法读本"), make_entry("养生手册")]
        delivered_round(network, (COPIES, COPIES), points=points, entries=entries)
        parcels = {point.pk: [] for point in points}
        for _ in range(PARCELS):
            for shipment in dispatched_round(network, (2,), points=points, entries=entries[:1]).shipments:
                parcels[shipment.point_id].append(shipment.pk)
        desks = [
            {
                "point": point.pk,
                "session": client_for(network.actor(point)).cookies[settings.SESSION_COOKIE_NAME].value,
                "entries": [entry.pk for entry in entries],
                "parcels": parcels[point.pk],
            }
            for point in points
        ]
        last = [
            delivered_round(network, {f"最后一册{number}": 2}, points=points[:1]).entry.pk
            for number in range(asked["last_copies"])
        ]
        answer(desks=desks, last_copies=last)


if __name__ == "__main__":
    main()
