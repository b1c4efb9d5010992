"""Files of indicators: the published set word for word, and every fault with its line."""

from pathlib import Path

import pytest

from lianxue.workforce.models.indicators.reading import BadIndicators, read_indicators
from lianxue.workforce.models.indicators.rules_known import RULES
from lianxue.workforce.operations.indicators.known import OURS
from lianxue.workforce.queries.indicators.computing import COMPUTED

FILE = OURS / "zhejiang_2021.yaml"

# 附件2 of 浙教技中心〔2021〕33号, without the spaces that the published document has around numbers.
PUBLISHED = {
    "system_admins": [
        "（一）完成区域教育资源公共服务平台基础数据管理，每学期更新一次教师、学生基础数据。原则上，区域教育资源公共服务平台的教师、学生基础数据与教育事业统计年报数据差错率在±5%以内。",
        "（二）参加省级组织的体系管理员培训，组织区域内校级体系管理员开展线上线下业务培训1次及以上。",
        "（三）组织参与全省精品数字教育资源开发活动。区域内新增省级精品资源数达到1条及以上，建有数字家校优秀资源1个及以上。",
        "（四）参与省级网络同步课程建设活动。区域内有教师新开设省级网络同步课程1门及以上。",
        "（五）组织区域内教师积极上传共享资源，区域内有资源入选省级库优质资源1条及以上。",
        "（六）区域年度经验值超过60（含）的教师数与区域内全体教师数（教师培训平台全体教师数）的百分占比达到40%及以上。",
        "（七）围绕网络学习空间教育教学应用，培育1个核心应用场景并普及推广。",
        "（八）负责区域内资源公共服务平台的空间、用户、文件、言论等信息安全管理，无重大安全事故发生。",
    ],
    "trainers": [
        "（一）开展之江汇教育广场应用线下培训相关讲座、会议交流1次及以上。",
        "（二）参加省级组织的业务培训。",
        "（三）参与在线培训课程设计与开发，加强省级教育资源公共服务平台应用的培训与推广。",
        "（四）基于个人空间上传1篇基于省级教育资源公共服务平台应用的案例或文章，不少于2000字。",
    ],
    "reviewers": [
        "（一）负责审核资源的编目（学段、学科、教材版本、章节）信息，核对资源名称、资源类型等信息。审核通过的资源内容无政治性、科学性等错误，符合教育教学规律。",
        "（二）按照省级资源的评审要求，及时完成资源审核任务，过审资源好评率高。",
        "（三）对本学科资源建设和使用提出可行性建议。",
        "（四）参与省级组织的业务培训，开展区域教师学科资源使用培训。",
    ],
}


def faults(text: str) -> list[str]:
    with pytest.raises(BadIndicators) as bad:
        read_indicators(text.encode(), "set.yaml")
    return [str(fault) for fault in bad.value.faults]


def test_the_published_indicators_stand_word_for_word() -> None:
    made = read_indicators(FILE.read_bytes(), FILE.name)
    assert {team.team: [one.text for one in team.indicators] for team in made.teams} == PUBLISHED
    asked = {one for team in made.teams for part in team.parts().values() for one in part.ids}
    assert {f"S1-{number}" for number in range(60, 79)} <= asked


def test_every_rule_that_a_file_may_name_is_computed() -> None:
    assert set(RULES) == set(COMPUTED)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("within_percent: 5", "within_percent: 500", 31),
        ("kind: number, at_least: 1, unit: 门", "kind: number, unit: 门", 70),
        ("rule: trainings_given", "rule: trainings_gven", 111),
        ("topics: [subject_use]", "topics: [football]", 186),
        ("office_percent: timely_share", "office_percent: timely", 157),
        ("- key: experience\n", "- key: sharing\n", 19),
        ("operands: [平台教师数, 统计年报教师数]", "operands: [平台教师数]", 32),
        ("kind: article, at_least_characters: 2000", "kind: article", 138),
    ],
)
def test_what_cannot_work_is_refused_with_its_line(old: str, new: str, line: int) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    found = faults(text.replace(old, new, 1))
    assert len(found) == 1, found
    assert int(found[0].split(":")[1]) == line, found


def test_all_faults_are_told_at_once() -> None:
    text = FILE.read_text(encoding="utf-8")
    broken = text.replace("within_percent: 5", "within_percent: -5").replace("at_most: 0", "at_mots: 0", 1)
    assert len(faults(broken)) == 4, (
        "two percentages, an unknown key and the threshold that it should have been"
    )


@pytest.mark.parametrize("text", ["", "code: [", "- a\n- b", "a: &x 1\nb: *x", "\x00"])
def test_what_is_no_set_of_indicators_is_refused(text: str) -> None:
    assert faults(text)


def test_our_files_are_all_there() -> None:
    assert [path.name for path in sorted(Path(OURS).glob("*.yaml"))] == ["zhejiang_2021.yaml"]
