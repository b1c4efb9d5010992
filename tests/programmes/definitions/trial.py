"""A small definition that has everything once, and its reading."""

from lianxue.programmes.models.definition import Definition, Reading, read_definition
from lianxue.programmes.queries.definitions import vocabulary

TRIAL = """\
code: trial
version: "1"
title: 试报
source: 试
numbers: [places]
office: {chain: resource_service, depth: 1}
units: {chain: resource_service, depth: 3}
stages:
  - key: first
    title: 申报
    opens: "2021-04-01"
    closes: "2021-04-30"
    form: sheet
    levels:
      - {key: city, title: 市, seat: directly_above, may: [approve, return]}
      - {key: province, title: 省, seat: steps_above, given: {steps: 2}}
    products:
      - {kind: roster, key: people, title: 名册, grid: people, name_column: name, area_column: area}
  - key: second
    title: 总结
    opens: "09-01"
    closes: "12-31"
    form: report
    after: first
    levels:
      - key: office
        title: 评审
        seat: office
        panel: {items: [{key: work, title: 工作, most: 100}], size: 3}
    products:
      - {kind: status, key: good, title: 示范}
forms:
  sheet:
    title: 申报表
    sections:
      - key: head
        title: 基本信息
        fields:
          - {key: contact, title: 联系人, required: true, most_length: 10}
          - key: rounds
            title: 经历
            type: choices
            most: 2
            own: true
            options:
              - {key: one, title: 第一轮}
              - {key: two, title: 第二轮}
              - {key: never, title: 从未参与, exclusive: true}
          - {key: begins_on, title: 开始, type: date}
          - {key: ends_on, title: 结束, type: date}
      - key: people
        title: 人员
        most_rows: 20
        columns:
          - {key: area, title: 地区, type: area, required: true}
          - {key: name, title: 姓名, required: true}
          - {key: kind, title: 类型, type: choice, options: [{key: teacher, title: 教师}, {key: other, title: 其他}]}
          - {key: remark, title: 备注}
          - {key: hours, title: 学时, type: number, least: 0, most: 60}
        quotas:
          - {column: area, least: 3, most: 5}
    checks:
      - {rule: not_after, given: {first: begins_on, second: ends_on}}
      - {rule: unique_rows, given: {grid: people, columns: [name]}}
      - {rule: requires, given: {grid: people, choice: kind, option: other, field: remark}}
      - {rule: sum_at_most, given: {grid: people, column: hours, most: 100}}
    paper:
      title: 申报表
      lines: ["{unit} {contact} {day}"]
      widths_mm: [20, 30, 30, 30, 30, 30]
      rows:
        - - {text: 经历, is_label: true, down: 2}
          - {field: rounds, across: 5}
        - - {field: begins_on, across: 2}
          - {field: ends_on, across: 3}
        - {section: people, side: 人员, spans: [1, 1, 1, 1, 1]}
        - - {text: 意见, is_label: true}
          - {opinion: city, across: 5}
  report:
    title: 总结
    sections:
      - key: report
        title: 总结
        fields:
          - {key: report, title: 总结, type: long_text, guide_length: 200, most_length: 2000}
    checks:
      - {rule: evidence_complete}
evidence:
  - {key: plan, group: 制度, title: 规划}
"""


def read(text: str | bytes) -> Reading:
    """Read a definition that was made up for a test."""
    return read_definition(text, "trial.yaml", vocabulary())


def trial(old: str = "", new: str = "") -> Definition:
    """Return the small definition, changed in one place."""
    assert not old or TRIAL.count(old) == 1, old
    found = read(TRIAL.replace(old, new) if old else TRIAL)
    assert found.definition, [str(fault) for fault in found.faults]
    return found.definition
