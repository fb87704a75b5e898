"""Articles' pages in the manner of many content systems, with everything that stands around."""

from dataclasses import dataclass, field

TITLE = "关于印发《成都市人工智能产业高质量发展若干政策》的通知"
PARAGRAPHS = (
    "各区（市）县政府（管委会），市级有关部门：",
    "为加快建设人工智能创新应用先导区，现将有关政策措施印发给你们，请认真贯彻执行。",
    "一、支持算力基础设施建设",
    "每年发放不超过1亿元算力券，单个企业每年累计可领取最高500万元，最高可抵扣不超过60%。",
    "二、支持场景开放",
    "每年遴选不超过20个示范应用场景，按项目投入的30%给予最高100万元补贴。",
    "三、附则",
    "本政策自印发之日起30日后施行，有效期3年，由市经信局市新经济委负责解释。",
)
BODY = "".join(f"<p>　　{paragraph}</p>" for paragraph in PARAGRAPHS)
TABLE = (
    "<table border=1><tbody><tr><td><p>支持方向</p></td><td><p>最高金额（万元）</p></td></tr>"
    "<tr><td>算力券</td><td>500</td></tr><tr><td>示范场景</td><td>100</td></tr></tbody></table>"
)
HEAD = (
    "<div class='header'><div class='logo'><h1>成都市人民政府</h1></div><div class='nav'><ul>"
    "<li><a href='/'>首页</a></li><li><a href='/zfxx/'>政府信息公开</a></li>"
    "<li><a href='/zwfw/'>政务服务</a></li><li><a href='/hdjl/'>互动交流</a></li></ul></div></div>"
    "<div class='crumb'>当前位置：<a href='/'>首页</a>&gt;<a href='/zc/'>政策文件</a>&gt;正文</div>"
)
SIDE = (
    "<div class='right sidebar'><h3>相关阅读</h3><ul>"
    + "".join(
        f"<li><a href='/r/{n}.html'>德阳市装备制造业的若干政策措施解读之{n}</a> 2025-08-0{n}</li>"
        for n in range(1, 8)
    )
    + "</ul></div>"
)
FOOT = (
    "<div class='footer'><p>主办单位：成都市人民政府办公厅　网站标识码：5101000000</p>"
    "<p>蜀ICP备05000000号　川公网安备51000000000000号　地址：成都市高新区锦城大道366号</p></div>"
)


@dataclass(frozen=True)
class ArticlePage:
    """A page and what it says of itself."""

    html: str
    origins: dict[str, str] = field(default_factory=dict)
    published: str = "2025-09-11 10:20"
    publisher: str = "市经信局市新经济委"
    title: str = TITLE
    table: bool = False


def metas(**values: str) -> str:
    """Return meta tags as government pages carry them."""
    return "".join(f"<meta name='{name}' content='{value}'>" for name, value in values.items())


def page(content: str, *, head: str = "", title: str = f"{TITLE}_成都市人民政府门户网站") -> str:
    """Put content between what stands around articles."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body>{HEAD}<div class='wrap'>{content}{SIDE}</div>{FOOT}</body></html>"
    )


GOVERNMENT = metas(
    SiteName="成都市人民政府",
    ColumnName="政策文件",
    ArticleTitle=TITLE,
    PubDate="2025-09-11 10:20",
    ContentSource="市经信局市新经济委",
)
ALL_META = {"title": "meta ArticleTitle", "published": "meta PubDate"} | {
    "publisher": "meta ContentSource"
}

ARTICLE_PAGES = {
    "a government site with its meta tags": ArticlePage(
        page(
            f"<div class='main'><h2>{TITLE}</h2><p class='info'>来源：别处 发布时间：2025-09-12 "
            "字体：【<a>大</a> <a>中</a> <a>小</a>】</p>"
            f"<div class='TRS_Editor'>{BODY}{TABLE}</div>"
            "<p>【打印本页】【关闭窗口】</p></div>",
            head=GOVERNMENT,
        ),
        {**ALL_META, "text": "content .TRS_Editor"},
        table=True,
    ),
    "meta tags in capitals under another attribute": ArticlePage(
        page(
            f"<div id='zoom'>{BODY}</div>",
            head=f"<META PROPERTY='ARTICLETITLE' CONTENT='{TITLE}'>"
            "<META HTTP-EQUIV='pubdate' CONTENT='2025年9月11日 10:20'>"
            "<META NAME='contentSource' CONTENT='来源：市经信局市新经济委'>",
        ),
        {
            "title": "meta ARTICLETITLE",
            "published": "meta pubdate",
            "publisher": "meta contentSource",
            "text": "content #zoom",
        },
    ),
    "no meta tags, but a line below the title": ArticlePage(
        page(
            f"<div class='article'><h1>{TITLE}</h1><div class='info'>"
            "<span>发布时间：2025-09-11 10:20</span><span>来源：市经信局市新经济委</span>"
            f"<span>浏览次数：123</span></div><div class='con'>{BODY}{TABLE}</div></div>"
        ),
        {
            "title": "heading",
            "published": "page 发布时间",
            "publisher": "page 来源",
            "text": "trafilatura",
        },
        table=True,
    ),
    "an old layout of tables": ArticlePage(
        f"<html><head><title>{TITLE}</title></head><body><table width=980><tr><td>{HEAD}</td></tr>"
        f"<tr><td><table><tr><td align=center><b>{TITLE}</b></td></tr><tr><td align=center>"
        "2025-9-11 10:20　来源：市经信局市新经济委　点击数：99</td></tr><tr><td><font size=3>"
        + "<br>".join(f"　　{paragraph}" for paragraph in PARAGRAPHS)
        + f"</font></td></tr></table></td></tr><tr><td>{FOOT}</td></tr></table></body></html>",
        {"published": "page", "publisher": "page 来源"},
    ),
    "news with linked data": ArticlePage(
        page(
            f"<article><h1>{TITLE}</h1><div class='article-content'>{BODY}</div></article>",
            head='<script type="application/ld+json">{"@context":"https://schema.org","@graph":'
            '[{"@type":"WebSite","name":"x"},{"@type":"NewsArticle",'
            f'"headline":"{TITLE}","datePublished":"2025-09-11T02:20:00Z",'
            '"publisher":{"@type":"Organization","name":"市经信局市新经济委"}}]}</script>',
        ),
        {
            "title": "json-ld",
            "published": "json-ld",
            "publisher": "json-ld",
            "text": "content .article-content",
        },
    ),
    "news with Open Graph": ArticlePage(
        page(
            f"<main><div class='post'>{BODY}</div></main>",
            head=f"<meta property='og:title' content='{TITLE}'>"
            "<meta property='og:site_name' content='市经信局市新经济委'>"
            "<meta property='article:published_time' content='2025-09-11T10:20:00+08:00'>",
            title="x",
        ),
        {
            "title": "meta og:title",
            "published": "meta article:published_time",
            "publisher": "meta og:site_name",
        },
    ),
    "a time element": ArticlePage(
        page(
            f"<article><h1>{TITLE}</h1><time datetime='2025-09-11T10:20'>11. 9.</time>{BODY}"
            "</article>",
            head="<meta name=ContentSource content=市经信局市新经济委>",
        ),
        {"published": "time tag"},
    ),
    "WeChat": ArticlePage(
        f"<html><head><meta property='og:title' content='{TITLE}'><title></title>"
        "<meta name='source' content='市经信局市新经济委'></head><body><div id='page'>"
        f"<h1 id='activity-name'> {TITLE} </h1><em id='publish_time'>2025年09月11日 10:20</em>"
        "<div id='js_content' style='visibility:hidden'>"
        + "".join(f"<section><span>{paragraph}</span></section>" for paragraph in PARAGRAPHS)
        + "</div></div></body></html>",
        {"text": "content #js_content", "published": "page"},
    ),
}
