"""Decided allocations get their sheets by title and by point; proposals are cheap to make anew and go."""

from django.db import migrations

SHEETS = """
DELETE FROM distribution_allocationline
 WHERE allocation_id IN (SELECT id FROM distribution_allocation WHERE state = 'proposed');
DELETE FROM distribution_allocation WHERE state = 'proposed';

INSERT INTO distribution_allocationtitle
       (allocation_id, title_id, supply, pack_size, points_asking, points_covered, asked, agreed, allocated, groups,
        demand_lines, passed_on, quantities, group_of, places, needs, had, learners)
SELECT given.allocation_id, line.title_id, greatest(title.copies_available, sum(given.quantity)), title.pack_size,
       count(*) FILTER (WHERE line.agreed > 0), count(*) FILTER (WHERE given.quantity > 0),
       sum(line.asked), sum(line.agreed), sum(given.quantity), '[]',
       array_agg(line.id ORDER BY point.code), array_agg(line.agreed ORDER BY point.code),
       array_agg(given.quantity ORDER BY point.code), array_agg(0 ORDER BY point.code), array_agg(0 ORDER BY point.code),
       '{}', '{}', '{}'
  FROM distribution_allocationline AS given
  JOIN distribution_demandline AS line ON line.id = given.demand_line_id
  JOIN distribution_roundtitle AS title ON title.id = line.title_id
  JOIN distribution_demandrequest AS request ON request.id = line.request_id
  JOIN orgs_organisation AS point ON point.id = request.point_id
 GROUP BY given.allocation_id, line.title_id, title.copies_available, title.pack_size;

INSERT INTO distribution_allocationpoint (allocation_id, point_id, college_id, titles, asked, agreed, allocated)
SELECT given.allocation_id, request.point_id, batch.college_id, count(*), sum(line.asked), sum(line.agreed),
       sum(given.quantity)
  FROM distribution_allocationline AS given
  JOIN distribution_demandline AS line ON line.id = given.demand_line_id
  JOIN distribution_demandrequest AS request ON request.id = line.request_id
  JOIN distribution_demandbatch AS batch ON batch.id = request.batch_id
 GROUP BY given.allocation_id, request.point_id, batch.college_id;

UPDATE distribution_allocation
   SET figures = '{"gini": 0, "gini_per_learner": null, "points_stated": 0, "gap": 0, "gap_point": null,
                   "bands": [0, 0, 0, 0, 0, 0, 0]}'::jsonb || figures;
"""


class Migration(migrations.Migration):
    dependencies = [("distribution", "0010_allocation_by_title_and_point")]

    operations = [migrations.RunSQL(SHEETS, migrations.RunSQL.noop)]
