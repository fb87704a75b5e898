"""List pages in the manner of many sites, each with the same publications among other links."""

from dataclasses import dataclass

TITLES = (
    "成都市人民政府办公厅关于印发《成都市人工智能产业建圈强链行动方案》的通知",
    "关于组织申报2025年第二批算力券的通知",
    "《成都市打造人工智能产业发展高地若干政策》解读",
    "成都市经济和信息化局关于公示人工智能重点企业名单的公告",
    "我市召开人工智能创新应用先导区建设推进会",
    "关于开展人工智能大模型备案服务的通知",
)
DAYS = ("11", "10", "08", "05", "02", "01")
"""Of September 2025, newest first."""

NAVIGATION = """
<div class="top-nav"><ul class="nav-list">
<li><a href="/">首页</a></li><li><a href="/zfxxgk/">政府信息公开</a></li>
<li><a href="/zwfw/">政务服务</a></li><li><a href="/hdjl/">互动交流</a></li>
<li><a href="/sjkf/">数据开放</a></li><li><a href="/rongcheng/">走进蓉城</a></li>
<li><a href="/ghjh/">规划计划与统计数据发布</a></li>
<li><a href="/zdly/">重点领域信息公开专栏</a></li>
</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zc/">政策文件</a></div>
"""
SIDE = """
<div class="sidebar"><h3>热点专题</h3><ul>
<li><a href="/zt/1.html">第31届世界大学生夏季运动会专题报道回顾与展望</a><i>2025-08-30</i></li>
<li><a href="/zt/2.html">优化营商环境政策举措六点零版专题专栏</a><i>2025-08-29</i></li>
<li><a href="/zt/3.html">公园城市示范区建设三年行动计划专栏</a><i>2025-08-28</i></li>
</ul></div>
"""
FOOTER = """
<div class="page"><a href="index_1.html">1</a><a href="index_2.html">2</a>
<a href="index_2.html">下一页</a><a href="index_9.html">尾页</a></div>
<div class="footer"><div class="links">
<a href="http://www.gov.example/">中华人民共和国中央人民政府门户网站</a>
<a href="http://www.sc.example/">四川省人民政府网站群</a>
<a href="http://jx.sc.example/">四川省经济和信息化厅门户网站</a>
<a href="http://kjt.sc.example/">四川省科学技术厅门户网站</a></div>
<p>主办：成都市人民政府办公厅 备案号：<a href="http://beian.example/">蜀ICP备00000000号</a>
更新日期：2025-09-12</p></div>
"""


@dataclass(frozen=True)
class ListPage:
    """A page, and whether its lines have dates and whether they are all of them."""

    html: str
    dated: bool = True
    short: int = len(TITLES)
    """How many publications are on it."""


def page(content: str, *, side: str = SIDE, title: str = "政策文件") -> str:
    """Put content between navigation, a side column and a footer."""
    return (
        f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>{title}</title>"
        f"</head><body>{NAVIGATION}{side}<div class='main'>{content}</div>{FOOTER}</body></html>"
    )


def lines(line: str, *, most: int = len(TITLES)) -> str:
    """Return a line for each publication: {n}, {title}, {cut} and {day} are its own."""
    return "".join(
        line.format(n=n, title=title, cut=title[:18] + "…", day=day, d=int(day))
        for n, (title, day) in enumerate(list(zip(TITLES, DAYS, strict=True))[:most])
    )


ITEM = "/zc/content_{n}.html"

LIST_PAGES = {
    "a list of lines with a date behind": ListPage(
        page(
            "<ul>"
            + lines("<li><a href=/zc/content_{n}.html>{title}</a><span>2025-09-{day}</span>")
            + "</ul>"
        )
    ),
    "a date before": ListPage(
        page(
            "<ul>"
            + lines("<li><span>[09-{day}]</span><a href=/zc/content_{n}.html>{title}</a></li>")
        )
    ),
    "cut titles with the whole in an attribute": ListPage(
        page(
            "<div class=newsList>"
            + lines(
                "<div class='row'><a href='/zc/content_{n}.html' title='{title}'>{cut}</a>"
                "<b>09/{day}</b></div>"
            )
        )
    ),
    "an old layout of tables": ListPage(
        "<html><head><title>x</title></head><body><table width=980><tr><td width=200><table>"
        + "".join(f"<tr><td><a href='/l{n}.htm'>栏目名称{n}</a></td></tr>" for n in range(9))
        + "</table></td><td><table>"
        + lines(
            "<tr><td width=10>·</td><td><a href='/zc/content_{n}.html' target=_blank>{title}</a>"
            "</td><td nowrap>2025年9月{d}日</td></tr>"
        )
        + "</table></td></tr></table></body></html>"
    ),
    "an index of documents in a table": ListPage(
        page(
            "<table class=xxgk><tr><th>序号</th><th>名称</th><th>文号</th><th>日期</th></tr>"
            + lines(
                "<tr><td>{n}</td><td><a href='/zc/content_{n}.html'>{title}</a></td>"
                "<td>成办发〔2025〕{n}号</td><td>2025/09/{day}</td></tr>"
            )
        )
    ),
    "lines with nothing but breaks between": ListPage(
        page(
            "<td class=con>" + lines("·<a href='/zc/content_{n}.html'>{title}</a> (2025.9.{d})<br>")
        )
    ),
    "dates in lines of their own before": ListPage(
        page(
            "<div>"
            + lines("<span>2025-09-{day}</span><a href=/zc/content_{n}.html>{title}</a><br>")
            + "</div>"
        )
    ),
    "definitions": ListPage(
        page(
            "<dl>"
            + lines("<dt><a href=/zc/content_{n}.html>{title}</a></dt><dd>2025-09-{day}</dd>")
            + "</dl>"
        )
    ),
    "cards with a picture, a summary and a day above its month": ListPage(
        page(
            "<div class='cards'>"
            + lines(
                "<div class='card item{n}'><a href='/zc/content_{n}.html'><img src='{n}.jpg'></a>"
                "<div class='txt'><h3><a href='/zc/content_{n}.html'>{title}</a></h3>"
                "<p>近日，市委市政府召开会议，就下一步工作提出要求，强调要抓好落实，2024年以来成效明显。"
                "</p></div><div class='date'><b>{day}</b><i>2025-09</i></div></div>"
            )
            + "</div>"
        )
    ),
    "blocks that are links as a whole": ListPage(
        page(
            "<section class='list'>"
            + lines(
                "<a class='block' href='/zc/content_{n}.html'><h4>{title}</h4>"
                "<p class='time'>2025-09-{day} 10:30</p></a>"
            )
            + "</section>"
        )
    ),
    "a category before each title": ListPage(
        page(
            "<ul class='lb'>"
            + lines(
                "<li><a href='/zc/zcwj/'>[政策文件]</a><a href='/zc/content_{n}.html'>{title}</a>"
                "<em>2025-09-{day}</em></li>"
            )
            + "</ul>"
        )
    ),
    "lists of two lines each": ListPage(
        page(
            "".join(
                f"<ul class='list{part}'>{items}</ul><div class='line'></div>"
                for part, items in enumerate(
                    lines(
                        "<li><a href='/zc/content_{n}.html'>{title}</a><span>2025-09-{day}</span>|"
                    ).split("|")
                )
            )
        )
    ),
    "a date within the link": ListPage(
        page(
            "<ul>"
            + lines("<li><a href='/zc/content_{n}.html'>{title} [2025-09-{day}]</a></li>")
            + "</ul>"
        )
    ),
    "a time element": ListPage(
        page(
            lines(
                "<article><header><h2><a href='/zc/content_{n}.html'>{title}</a></h2></header>"
                "<time datetime='2025-09-{day}T08:00:00+08:00'>last week</time>"
                "<p>摘要</p><a href='/zc/content_{n}.html'>阅读全文</a></article>"
            )
        )
    ),
    "dates in the addresses alone": ListPage(
        page(f"<ul>{lines('<li><a href=./202509/t202509{day}_{n}.html>{title}</a></li>')}</ul>")
    ),
    "two publications only": ListPage(
        page(
            "<ul class='gl'>"
            + lines(
                "<li><a href='/zc/content_{n}.html'>{title}</a><span>2025-09-{day}</span></li>",
                most=2,
            )
            + "</ul>",
            side="",
        ),
        short=2,
    ),
    "no dates at all": ListPage(
        page(
            f"<ul class=news>{lines('<li><a href=/zc/content_{n}.html>{title}</a></li>')}</ul>",
            side="",
        ),
        dated=False,
    ),
    "the mode of a mobile site": ListPage(
        page(
            "<div id='app'><div class='van-list'>"
            + lines(
                "<div class='van-cell'><div class='van-cell__title'>"
                "<a href='/zc/content_{n}.html'><span>{title}</span></a>"
                "<div class='van-cell__label'><span>成都发布</span><span>09月{day}日 10:30</span>"
                "</div></div></div>"
            )
            + "</div></div>"
        )
    ),
}
