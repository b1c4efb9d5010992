"""The certificate of a yearly selection: one lying page each, whatever the length of the name."""

from datetime import date

import pytest
from tests.documents.printed import pdf_pages, pdf_sizes_mm

from lianxue.documents.public import (
    Certificate,
    SelectionCertificate,
    certificates_pdf,
    selection_certificates,
)


def certificate(holder: str) -> SelectionCertificate:
    return SelectionCertificate(
        holder=holder,
        award="优秀资源配送管理员",
        year=2026,
        office="上海市学习型社会建设服务指导中心办公室",
        number="2026-B1-0001-K7QXWZ",
        issued_on=date(2026, 12, 1),
        url="https://lianxue.example.cn/c/abcdefghijklmnopqrstuvwxyz012345/",
    )


@pytest.mark.parametrize(
    "holder", ["王芳（外滩街道社区学校）", "欧阳" * 20 + "（浦东新区" + "长" * 60 + "学习点）", "#*_$"]
)
def test_each_certificate_fills_one_lying_page(holder: str) -> None:
    content = selection_certificates([certificate(holder), certificate("第二份")])
    assert pdf_sizes_mm(content) == [(297, 210)] * 2
    first, second = pdf_pages(content)
    for words in (
        f"{holder}：",
        "在2026年度上海终身教育资源配送工作中成绩突出，被评为优秀资源配送管理员",
        "证书编号：2026-B1-0001-K7QXWZ",
        "上海市学习型社会建设服务指导中心办公室",
        "2026年12月1日",
    ):
        assert words in first
    assert "第二份：" in second


def test_a_certificate_of_a_status_says_until_when_it_holds() -> None:
    paper = Certificate(
        holder="甪直路街道",
        words="在2013-2014年度创建工作中成效显著，被认定为",
        award="上海市社区教育示范街镇",
        office="上海市教育委员会",
        number="2014-S2-0007",
        issued_on=date(2014, 12, 20),
        url="https://lianxue.example.cn/c/x/",
        title="证书",
        closing="特发此证。",
        valid_until=date(2018, 12, 31),
    )
    (page,) = pdf_pages(certificates_pdf([paper]))
    for words in (
        "证书甪直路街道：",
        "被认定为上海市社区教育示范街镇特发此证。",
        "有效期至2018年12月31日",
        "2014年12月20日",
    ):
        assert words in page
    assert "荣誉" not in page
