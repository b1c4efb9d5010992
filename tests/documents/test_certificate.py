"""The certificate of a yearly selection: one lying page each, whatever the length of the name."""

from datetime import date

import pytest
from tests.documents.printed import pdf_pages, pdf_sizes_mm

from lianxue.documents.public import SelectionCertificate, selection_certificates


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
