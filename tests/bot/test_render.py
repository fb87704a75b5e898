"""What messages look like, word for word, in both languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.language import words_for
from bot.markup import text_of
from bot.render import render
from bot.render.columns import LINE, columns, narrow
from bot.render.facts import BRIEF, brief_line, fact_line
from domain.digest import Alert, Digest, Item, RoundUp, SourceHealth, Waited
from domain.facts.fact import Fact
from tests.builders import (
    NOW,
    article,
    chat,
    coverage,
    deadline,
    document,
    evidence,
    fact,
    moment,
    story,
)

EN, ZH = words_for("en"), words_for("zh")

VOUCHER = fact(
    type="measure",
    subject="算力券",
    value=None,
    status="in_force",
    attributes={
        "instrument": "voucher",
        "amounts": [
            {
                "role": "pool",
                "value": "100000000",
                "unit": "CNY",
                "comparator": "le",
                "period": "year",
            },
            {"role": "rate", "value": "60", "unit": "percent", "comparator": "le"},
            {
                "role": "cap",
                "value": "5000000",
                "unit": "CNY",
                "comparator": "le",
                "period": "year",
            },
        ],
        "rate_base": "实际算力费用",
        "eligible": "企业和高校院所",
        "responsible": ["市经信局市新经济委", "市数据局"],
    },
)
SCALE = fact(
    type="target",
    subject="核心产业规模",
    value="100000000000",
    unit="CNY",
    comparator="gt",
    status="target",
    counted=None,
    time=moment(),
)
PLAN = document(
    "成办规〔2025〕6号",
    "若干政策措施",
    role="primary",
    stage="issued",
    issuers=["成都市人民政府办公厅"],
    dates=[
        {
            "role": "effective",
            "start": "2025-09-01",
            "end": "2025-09-01",
            "precision": "day",
            "text": "x",
        }
    ],
)
FIRMS = fact(subject="Key enterprises", comparator="gt")
FUND = fact(
    type="investment",
    subject="AI fund",
    value="10000000000",
    unit="CNY",
    counted=None,
    status="planned",
    attributes={"role": "fund_size"},
)
OPENED = fact(
    type="event",
    subject="Chengdu Supercomputing Center",
    value=None,
    time=moment(role="event", start="2020-09-01", end="2020-09-30", precision="month"),
    attributes={"kind": "in_operation"},
)


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (FIRMS, "Key enterprises: <b>more than 90</b>", "Key enterprises：<b>超过90</b>"),
        (
            SCALE,
            "核心产业规模: <b>more than ¥100 billion</b> (by 2027)",
            "核心产业规模：<b>超过1000亿元</b>（到2027年）",
        ),
        (
            VOUCHER,
            "Voucher: 算力券 · <b>programme up to ¥100 million a year; up to 60% of 实际算力费用; "
            "cap ¥5 million a year</b>; for 企业和高校院所; "
            "responsible: 市经信局市新经济委, 市数据局 "
            "(Chengdu Municipal Bureau of Economic and Information Technology, "
            "Chengdu Data Bureau)",
            "算力券 · <b>资金总额每年不超过1亿元；不超过60%（以实际算力费用为基数）；"
            "上限每年500万元</b>；对象：企业和高校院所；责任单位：市经信局市新经济委、市数据局",
        ),
        (
            PLAN,
            "<b>“若干政策措施”</b> <b>成办规〔2025〕6号</b> "
            "(成都市人民政府办公厅 (Chengdu Municipal Government), issued, "
            "in force from 1 Sep 2025)",
            "<b>《若干政策措施》</b> <b>成办规〔2025〕6号</b>"
            "（成都市人民政府办公厅、已印发、2025年9月1日起施行）",
        ),
        (
            deadline(),
            "<b>Apply by 31 Dec 2026 17:00</b>: applications for computing vouchers",
            "<b>申报截止：2026年12月31日 17:00</b>：applications for computing vouchers",
        ),
        (
            FUND,
            "AI fund: <b>¥10 billion</b> (fund size, planned)",
            "AI fund：<b>100亿元</b>（基金规模、计划）",
        ),
        (
            OPENED,
            "<b>In operation</b>: Chengdu Supercomputing Center (Sep 2020)",
            "<b>投入运行</b>：Chengdu Supercomputing Center（2020年9月）",
        ),
        (
            fact(
                subject="staff", value="50", value_high="60", comparator="range", counted="people"
            ),
            "staff: <b>50 to 60 people</b>",
            "staff：<b>50至60 people</b>",
        ),
    ],
)
def test_facts_are_said_from_their_fields(given: Fact, english: str, chinese: str):
    assert fact_line(given, EN) == english
    assert fact_line(given, ZH) == chinese


@pytest.mark.parametrize(
    ("name", "people", "english"),
    [
        ("给予支持", "中小企业", "Voucher · for 中小企业 · <b>up to 50%</b>"),
        ("予以一次性奖励", "", "Voucher · <b>up to 50%</b>"),
        (
            "Companies that rent computing power",
            "companies that rent computing power here",
            "Voucher · for companies that rent computing power here · <b>up to 50%</b>",
        ),
        (
            "Firms that rent power can have up to 50% of the cost reimb",
            "Firms that rent power",
            "Voucher · for Firms that rent power · <b>up to 50%</b>",
        ),
        ("funding", "startups", "Voucher · for startups · <b>up to 50%</b>"),
        ("for startups", "startups", "Voucher · for startups · <b>up to 50%</b>"),
        ("企业给予补贴", "企业", "Voucher · for 企业 · <b>up to 50%</b>"),
        ("研发支持", "企业", "Voucher: 研发支持 · <b>up to 50%</b>; for 企业"),
        ("算力券", "算力券申领企业", "Voucher: 算力券 · <b>up to 50%</b>; for 算力券申领企业"),
        ("企业研发费用补贴", "企业", "Voucher: 企业研发费用补贴 · <b>up to 50%</b>"),
    ],
)
def test_a_name_that_names_nothing_gives_its_place_to_whom_it_is_for(name, people, english):
    amount = {"role": "rate", "value": "50", "unit": "percent", "comparator": "le"}
    given = {"instrument": "voucher", "amounts": [amount], "eligible": people}
    told = fact(type="measure", subject=name, status="unknown", attributes=given)
    assert fact_line(told, EN) == english
    assert columns(text_of(brief_line(told, EN))) <= 2 * LINE


def test_a_figure_in_another_script_says_what_it_is_of():
    of = {"indicator": "enterprises"}
    chinese = fact(
        subject="人工智能企业", value="1500", comparator="ge", attributes=of, counted=None
    )
    assert fact_line(chinese, EN) == "人工智能企业: <b>at least 1,500</b> (enterprises)"
    assert fact_line(chinese, ZH) == "人工智能企业：<b>至少1500</b>"
    english = fact(subject="firms", value="1500", comparator="ge", attributes=of, counted=None)
    assert fact_line(english, EN) == "firms: <b>at least 1,500</b>"
    assert fact_line(english, ZH) == "firms：<b>至少1500</b>（企业数）"


@pytest.mark.parametrize(
    ("comparator", "english", "chinese"),
    [
        ("ge", "at least 90", "至少90"),
        ("lt", "less than 90", "不足90"),
        ("le", "up to 90", "不超过90"),
        ("approx", "about 90", "约90"),
        ("eq", "90", "90"),
        (None, "90", "90"),
    ],
)
def test_a_comparator_is_never_turned_round(comparator, english: str, chinese: str):
    given = fact(subject="enterprises", comparator=comparator)
    assert fact_line(given, EN) == f"enterprises: <b>{english}</b>"
    assert fact_line(given, ZH) == f"enterprises：<b>{chinese}</b>"


def told(*facts: Fact, number: int = 1, title: str = "Pilot zone grows", **about):
    about = {"id": number, "title": title, "url": f"https://news.example/{number}", **about}
    return story(coverage(article(**about), facts=facts), id=number)


def test_an_alert():
    zone = told(FIRMS, fact(subject="institutions", value="200", comparator="gt", evidence=(
        evidence("over 200 institutions"),)))  # fmt: skip
    (message,) = render(Alert(story=zone), chat())
    assert message.html == (
        '⚡ <b><a href="https://news.example/1">Pilot zone grows</a></b>\n'
        "Chengdu Daily (news.example) · media · "
        '<tg-time unix="1795392000">23 Nov 2026, 08:00</tg-time>\n'
        "\n"
        "• Key enterprises: <b>more than 90</b>\n"
        "• institutions: <b>more than 200 enterprises</b>\n"
        "<blockquote expandable>“90 key enterprises”\n“over 200 institutions”</blockquote>"
    )
    assert [(one.text, one.data or one.url) for one in message.buttons[0]] == [
        ("All facts", "v1:facts:s1"),
        ("Open article", "https://news.example/1"),
    ]


def test_an_alert_in_chinese_with_more_facts_than_it_shows():
    facts = [
        fact(
            subject=f"指标{number}",
            value=str(number),
            counted=None,
            evidence=(evidence(f"第{number}项", start=number),),
        )
        for number in range(1, 8)
    ]
    (message,) = render(Alert(story=told(*facts, title="先导区扩容")), chat(language="zh"))
    shown, folded = message.html.split("<blockquote expandable>")
    assert shown.count("•") == 4
    assert "• 指标5：<b>5</b>\n“第5项”\n• 指标6：<b>6</b>\n“第6项”" in folded
    assert "2026年11月23日 08:00" in shown
    assert message.buttons[0][0].text == "全部事实"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_alert_for_a_story_that_goes_on_leads_with_what_is_new(language):
    old = coverage(article(id=1, tier="official", title="Vouchers announced",
                           first_seen_at=NOW - timedelta(days=30),
                           published=NOW - timedelta(days=31)))  # fmt: skip
    new = coverage(article(id=2, title="Vouchers paid out", first_seen_at=NOW))
    whole = story(old, new, backlog=True)
    (message,) = render(Alert(story=whole, since=NOW), chat(language=language))
    first, *rest = text_of(message.html).splitlines()
    assert first == "⚡ Vouchers paid out"
    follows = {"en": "↪️ Follows Vouchers announced (23 Oct 2026)",
               "zh": "↪️ 承接：Vouchers announced（2026年10月23日）"}  # fmt: skip
    assert follows[language] in rest
    (message,) = render(Alert(story=whole), chat(language=language))
    assert text_of(message.html).splitlines()[0] == "⚡ Vouchers announced"


def test_an_alert_without_facts_is_its_headline():
    (message,) = render(Alert(story=told(title="Nothing <to> count")), chat())
    assert message.html.startswith(
        '⚡ <b><a href="https://news.example/1">Nothing &lt;to&gt; count'
    )
    assert "blockquote" not in message.html


def test_a_document_is_not_called_twice_by_its_name():
    (message,) = render(Alert(story=told(PLAN, title="关于印发《若干政策措施》的通知")), chat())
    assert "• <b>成办规〔2025〕6号</b> (issued, in force from 1 Sep 2025)" in message.html


def test_a_look_alike_host_is_shown_for_what_it_is():
    fake = told(url="https://сhengdu.gov.cn/", title="Notice")  # the first letter is Cyrillic
    (message,) = render(Alert(story=fake), chat())
    assert "(xn--hengdu-hrf.gov.cn)" in message.html


def digest(*items: Item, failing: tuple[str, ...] = ()) -> Digest:
    return Digest(
        kind="daily",
        since=NOW - timedelta(days=1),
        until=NOW,
        items=items,
        health=SourceHealth(watched=4, failing=failing),
    )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "It comes late: it was due"), ("zh", "本期晚到：原定于")]
)
def test_a_digest_that_comes_late_says_so_also_with_nothing_in_it(language, said):
    due = digest().until - timedelta(hours=3)
    for one in (digest(), digest(Item(story=story()))):
        (message,) = render(replace(one, due=due), chat(language=language))
        assert said in message.html
        assert said not in render(one, chat(language=language))[0].html


def test_a_digest():
    news, aims, plan = told(number=1, title="A visit"), told(SCALE, number=2), told(PLAN, number=3)
    items = (Item(story=news), Item(story=aims, alerted=True), Item(story=plan))
    (message,) = render(digest(*items, failing=("市经信局",)), chat())
    assert message.html == (
        "<b>Daily digest</b> · Mon 23 Nov, 09:00 · 3 stories\n"
        "\n"
        '1. 📄 <b><a href="https://news.example/3">Pilot zone grows</a></b>\n'
        "Chengdu Daily · media · 23 Nov 08:00\n"
        "• <b>“若干政策措施”</b> <b>成办规〔2025〕6号</b> (issued, in force from 1 Sep 2025)\n"
        "\n"
        '2. 🎯⚡ <b><a href="https://news.example/2">Pilot zone grows</a></b>\n'
        "Chengdu Daily · media · 23 Nov 08:00\n"
        "\n"
        '3. 📰 <b><a href="https://news.example/1">A visit</a></b>\n'
        "Chengdu Daily · media · 23 Nov 08:00\n"
        "<i>3 of 4 sources read, 1 failing: 市经信局</i>\n"
        "<blockquote expandable>"
        "<b>1.</b> <b>📄 Policy document</b> · news.example\n"
        "“90 key enterprises”\n"
        "<b>2.</b> <b>🎯 Targets and figures · ⚡ sent as an alert</b> · news.example\n"
        "• 核心产业规模: <b>more than ¥100 billion</b> (by 2027)\n"
        "“90 key enterprises”</blockquote>"
    )
    assert [one.data for one in message.buttons[0]] == ["v1:facts:s3", "v1:facts:s2"]


def test_a_digest_says_how_much_of_what_is_watched_was_read():
    health = SourceHealth(watched=9, waiting=2, failing=("市经信局",))
    (message,) = render(replace(digest(), health=health), chat())
    assert "6 of 9 sources read, 2 not read lately, 1 failing: 市经信局" in message.html
    (message,) = render(replace(digest(), health=SourceHealth(watched=2, waiting=1)), chat())
    assert "1 of 2 sources read, 1 not read lately" in message.html


def test_two_stories_have_room_for_two_facts_each_and_four_for_one():
    facts = [fact(subject=f"figure {n}", value=str(n), counted=None) for n in range(1, 5)]
    stories = [told(*facts, number=number) for number in range(1, 5)]
    (two,) = render(digest(*(Item(story=one) for one in stories[:2])), chat())
    (four,) = render(digest(*(Item(story=one) for one in stories)), chat())
    assert two.html.split("<blockquote")[0].count("•") == 4
    visible, folded = four.html.split("<blockquote")
    assert visible.count("•") == 4
    assert folded.count("•") == 12


LONG = (
    "Chengdu will, as part of its plan for the artificial intelligence pilot zone, give companies "
    "in the city vouchers for computing power"
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_four_stories_fit_a_phone_before_anything_is_unfolded(language):
    kinds = (VOUCHER, SCALE, PLAN, deadline(subject="算力券申报，" * 20))
    stories = [
        told(one, fact(subject=LONG), number=number, title=LONG, source_title="Chengdu Daily News")
        for number, one in enumerate(kinds, start=1)
    ]
    (message,) = render(digest(*(Item(story=one) for one in stories)), chat(language=language))
    visible = text_of(message.html.split("<blockquote")[0])
    wrapped = [-(-max(1, columns(line)) // LINE) for line in visible.splitlines()]
    assert sum(wrapped) <= 28


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", [2, 7, 20])
def test_what_waited_fits_a_phone_before_it_is_unfolded(language, number):
    kinds = (VOUCHER, SCALE, PLAN, deadline(subject="算力券申报，" * 20))
    items = [
        Waited(
            story=told(kinds[at % 4], fact(subject=LONG), number=at, title=LONG),
            labels=("算力券",) if at == 2 else (),
        )
        for at in range(1, number + 1)
    ]
    (message,) = render(RoundUp(items=tuple(items), at=NOW), chat(language=language))
    top, _, below = message.html.partition("<blockquote expandable>")
    first = {
        "en": f"🌙 While it was quiet: {number} stories",
        "zh": f"🌙 安静期间的 {number} 条报道",
    }
    assert text_of(top).splitlines()[0] == first[language]
    wrapped = [-(-max(1, columns(line)) // LINE) for line in text_of(top).splitlines()]
    assert sum(wrapped) <= 24
    assert number <= 3 or text_of(below).startswith("4. ")
    assert "算力券" in text_of(message.html)


def test_what_waited_names_every_story_also_when_its_links_are_too_long_for_one_message():
    far = "https://a.example/" + "成都" * 200
    items = [Waited(story=told(VOUCHER, number=at, url=f"{far}{at}")) for at in range(1, 13)]
    (message,) = render(RoundUp(items=tuple(items), at=NOW), chat())
    named = [line for line in text_of(message.html).splitlines() if "Pilot zone grows" in line]
    assert [int(line.split(".")[0]) for line in named[:12]] == list(range(1, 13))
    assert message.html.count(far) == 3


def test_what_is_shortened_is_the_subject_never_a_figure():
    long = fact(subject=LONG, value="1234567", comparator="gt", time=moment(), counted=None)
    said = text_of(brief_line(long, EN))
    assert said.endswith("…: more than 1,234,567 (by 2027)")
    assert columns(said) <= BRIEF
    assert text_of(brief_line(VOUCHER, EN)).endswith("实际算力费用; cap ¥5 million a year; …")


def test_a_cut_leaves_no_part_of_a_number():
    assert narrow("核心产业规模力争达到3000亿元", 25) == "核心产业规模力争达到…"
    assert narrow("more than 1,234,567 firms", 16) == "more than…"
    assert narrow("ab中", 4) == "ab中"
    assert narrow("abc中", 4) == "abc…"


@pytest.mark.parametrize(
    ("subject", "counted", "shown"),
    [
        (
            "number of China's AI innovation and application pilot zones",
            "China's AI pilot zones",
            "8",
        ),
        ("number of pilot zones", "pilot zone", "8"),
        ("人工智能创新应用先导区数量", "先导区", "8"),
        ("China’s pilot zones", "zones in China", "8 zones in China"),
        ("companies", "listed companies", "8 listed companies"),
    ],
)
def test_what_is_counted_is_not_said_twice(subject: str, counted: str, shown: str):
    line = text_of(fact_line(fact(subject=subject, value="8", counted=counted), EN))
    assert line == f"{subject}: {shown}"


def test_a_story_without_facts_has_no_button_for_them():
    (alert,) = render(Alert(story=told()), chat())
    marks = ["🔖 Save", "👍 Relevant", "👎 Not relevant"]
    assert [one.text for row in alert.buttons for one in row] == ["Open article", "Story", *marks]
    (alert,) = render(Alert(story=told(url="")), chat())
    assert [one.text for row in alert.buttons for one in row] == ["Story", *marks]
    (message,) = render(digest(Item(story=told())), chat())
    assert message.buttons == ()


def test_nothing_new_is_one_line_and_what_was_read():
    (english,) = render(digest(), chat())
    assert english.html == (
        "<b>Daily digest</b>: nothing new since Sun 22 Nov, 09:00.\n<i>4 sources read.</i>"
    )
    (chinese,) = render(digest(failing=("甲", "乙")), chat(language="zh"))
    assert chinese.html == (
        "<b>每日简报</b>：11月22日周日 09:00 以来没有新动态。\n"
        "<i>4 个来源中已读取 2 个，2 个失败：甲、乙</i>"
    )


def test_the_readers_own_clock_is_used_everywhere():
    (message,) = render(digest(Item(story=told())), chat(timezone="America/New_York"))
    assert "Sun 22 Nov, 20:00" in message.html
    assert "media · 22 Nov 19:00" in message.html


def test_a_narrow_line_names_the_day_of_another_year_and_a_look_alike_host():
    old = told(published=NOW - timedelta(days=400), url="https://сhengdu.gov.cn/", number=1)
    (message,) = render(digest(Item(story=old)), chat())
    assert "\nxn--hengdu-hrf.gov.cn · media · 19 Oct 2025\n" in message.html


def test_a_long_name_of_a_source_leaves_room_for_tier_and_time():
    one = told(source_title="Chengdu Municipal Bureau of Economy", tier="interpretation")
    (message,) = render(digest(Item(story=one)), chat())
    assert "\nChengdu M… · official interpretation · 23 Nov 08:00\n" in message.html


def test_a_story_told_by_several_sources_is_led_by_the_original():
    original = article(id=2, source_id=2, source_title="City", tier="official", title="Notice")
    shared = story(coverage(), coverage(original), id=9)
    (message,) = render(Alert(story=shared), chat())
    assert "Notice" in message.html
    assert "City (news.example) · official" in message.html
    assert "and 1 more source" in message.html
