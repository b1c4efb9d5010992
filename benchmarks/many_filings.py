"""One call with a filing of every point: one is filed through the operations, the others are copies of its rows.

Only what the overview pages read is copied; a year's filing of 20,000 points one by one is not what is measured here.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

PROGRAMME = Path(__file__).with_name("programme.yaml")

# Three in four were handed in and lie at the desk directly above, every tenth was approved, the rest are being written.
_FILINGS = """
INSERT INTO programmes_filing (call_id, stage, unit_id, state, answers, marks, version, revision_number, position, desk_id,
                               since, created_at, submitted_at)
SELECT one.call_id, one.stage, n.organisation_id, CASE WHEN n.id % 4 = 0 THEN 'draft' ELSE 'submitted' END, one.answers,
       one.marks, one.version, CASE WHEN n.id % 4 = 0 THEN 0 ELSE 1 END, CASE WHEN n.id % 4 = 0 THEN NULL ELSE 0 END,
       CASE WHEN n.id % 4 = 0 THEN NULL ELSE n.superior_id END, one.since, one.created_at,
       CASE WHEN n.id % 4 = 0 THEN NULL ELSE one.since END
  FROM programmes_filing one, orgs_chainnode n
  JOIN orgs_organisation o ON o.id = n.organisation_id AND o.kind = 'community_school'
 WHERE one.id = %(one)s AND n.chain = 'distribution' AND n.organisation_id <> one.unit_id
"""
_REVISIONS = """
INSERT INTO programmes_filingrevision (filing_id, number, kind, answers, files, digest, code, submitted_at, reason)
SELECT f.id, 1, 'filing', f.answers, '[]', r.digest, 'LX-' || lpad(f.id::text, 12, '0'), f.submitted_at, ''
  FROM programmes_filing f, programmes_filingrevision r
 WHERE r.filing_id = %(one)s AND f.call_id = %(call)s AND f.id <> %(one)s AND f.state = 'submitted'
"""
_APPROVED = """
UPDATE programmes_filing f SET state = 'approved', position = NULL, desk_id = NULL, approved_id = r.id, decided_at = f.since
  FROM programmes_filingrevision r
 WHERE r.filing_id = f.id AND f.call_id = %(call)s AND f.state = 'submitted' AND f.id %% 10 = 0 AND f.id <> %(one)s
"""


def put_programme(home: Path) -> None:
    """Put the programme into a home, as an office puts one of its own, before the platform starts."""
    folder = home / "definitions"
    folder.mkdir(exist_ok=True)
    shutil.copy(PROGRAMME, folder)


def file_everywhere(office_id: int, point_id: int, *, title: str = "全省一次申报") -> Any:
    """Open a call, file for one point and copy it to all others; return the filing of the one point."""
    from django.db import connection

    from benchmarks.filling import answers_of, days_around
    from lianxue.kernel import clock
    from lianxue.orgs.public import Organisation, Post, actor_for
    from lianxue.programmes.public import (
        Written,
        begin_filing,
        create_call,
        open_call,
        save_answers,
        save_call,
        submit_filing,
    )

    def acting(organisation_id: int) -> Any:
        post = Post.objects.select_related("person").get(organisation=organisation_id)
        return actor_for(post.person, post)

    office, now = acting(office_id), clock.now() - timedelta(hours=1)
    call = create_call(actor=office, at=now, code="benchmark", title=title, year=now.year)
    call = save_call(
        actor=office,
        at=now,
        call=call,
        version=call.version,
        title=title,
        year=now.year,
        official_number="",
        days={"filing": days_around(now.date())},
        numbers={},
    )
    call = open_call(actor=office, at=now, call=call)
    point = Organisation.objects.get(pk=point_id)
    unit = acting(point_id)
    filing = begin_filing(actor=unit, at=now, call=call, stage="filing", unit=point)
    written = {key: Written(value, 0) for key, value in answers_of(point).items()}
    filing = save_answers(actor=unit, at=now, filing=filing, written=written).filing
    filing = submit_filing(actor=unit, at=now, filing=filing)
    with connection.cursor() as cursor:
        for statement in (_FILINGS.replace(" % 4", " %% 4"), _REVISIONS, _APPROVED):
            cursor.execute(statement, {"one": filing.pk, "call": call.pk})
        cursor.execute("ANALYZE programmes_filing, programmes_filingrevision")
    return filing
