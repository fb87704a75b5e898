"""Relevance: what belongs to the topic is told from what only looks like it, and says why."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain.topics
from bench.elsewhere import moved
from domain.judging import judge
from domain.text.clean import clean, clean_line
from domain.topics import UnknownTopic, read_topic, topic, topic_names

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = [json.loads(line) for line in (CORPUS / "relevance.jsonl").read_text("utf-8").splitlines()]

POLICY = (
    "成都市经信局发布人工智能新政，算力券每年一亿元。企业可在天府新区申领，成都超算中心提供算力。"
)


def band(text, title="", topic_id="chengdu-ai"):
    return judge(clean(text), clean_line(title), topic_id).band


def test_of_the_cases_with_every_trap_nearly_all_are_judged_right():
    found = [(case["band"], band(case["text"], case["title"])) for case in CASES]
    kept = [gold for gold, said in found if said != "off"]
    wanted = [said for gold, said in found if gold != "off"]
    assert sum(gold != "off" for gold in kept) >= 0.93 * len(kept)
    assert sum(said != "off" for said in wanted) >= 0.97 * len(wanted)
    assert sum(gold == said for gold, said in found) >= 0.88 * len(found)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "武汉先导区实施方案出炉",
            "武汉市发布国家人工智能创新应用先导区实施方案，三年建一百个场景，给予大模型企业补贴。",
        ),
        (
            "AI flight diverted",
            "Air India flight AI-316 from Delhi landed in Chengdu; AI sent a relief aircraft.",
        ),
        (
            "Training of village doctors",
            "Chengdu has completed training for 2,300 doctors; the campaign aims to maintain care.",
        ),
        (
            "火锅店来了机器人服务员",
            "成都一家火锅店请来六台机器人送菜，人工智能点单让食客排队时间少了一半。",
        ),
        (
            "成都获批国家低碳城市试点",
            "生态环境部公布试点名单，成都入选，将用三年建设示范区。",
        ),
    ],
)
def test_what_only_looks_like_the_topic_is_off(title, text):
    assert band(text, title) == "off"


def test_other_cities_in_a_menu_take_nothing_away():
    menu = "首页 北京 上海 深圳 杭州 广州 武汉 长沙 南京\n相关阅读：杭州发布算力规划 深圳开放场景\n"
    bare = judge(clean(POLICY), "成都新政", "chengdu-ai")
    assert judge(clean(menu + POLICY), "成都新政", "chengdu-ai").score == bare.score
    assert bare.band == "core"


def test_scripts_are_one():
    traditional = (
        "成都市經信局發布人工智能新政，算力券每年一億元。"
        "企業可在天府新區申領，成都超算中心提供算力。"
    )
    assert judge(traditional, "", "chengdu-ai").score == judge(POLICY, "", "chengdu-ai").score


def test_every_reason_quotes_the_words_that_gave_it_also_of_what_is_left_out():
    text = "武汉的先导区与成都结对，人工智能企业增加。"
    left_out = judge(text, "武汉先导区", "chengdu-ai")
    assert left_out.band == "off"
    assert {"place", "rival"} <= {reason.signal for reason in left_out.reasons}
    for reason in left_out.reasons:
        given = (
            "武汉先导区"
            if reason.field == "title"
            else "武汉的先导区与成都结对，人工智能企业增加。"
        )
        assert given[reason.start : reason.end] == reason.quote
        assert (reason.weight < 0) == (reason.signal in ("rival", "above", "colour", "company"))


def test_what_names_no_place_of_the_topic_is_settled_without_reasons():
    found = judge("深圳发布人工智能新政。" * 50, "深圳", "chengdu-ai")
    assert (found.band, found.score, found.reasons) == ("off", 0.0, ())


@given(st.text(max_size=400), st.text(max_size=60))
def test_any_text_is_judged_and_its_quotes_are_exact(text, title):
    canonical, heading = clean(f"成都 {text} AI"), clean_line(title)
    found = judge(canonical, heading, "chengdu-ai")
    assert 0 <= found.score <= 1
    for reason in found.reasons:
        words = heading if reason.field == "title" else canonical
        assert words[reason.start : reason.end] == reason.quote


def test_topics_are_the_files_that_are_there():
    assert "chengdu-ai" in topic_names()
    for name in topic_names():
        found = topic(name)
        assert found.adjacent <= found.core
    with pytest.raises(UnknownTopic, match="chengdu-ai"):
        topic("weather")


@pytest.fixture
def shenzhen(monkeypatch):
    """The worked example of docs/topics.md, as if its file were in the package."""
    guide = (Path(__file__).parents[2] / "docs" / "topics.md").read_text("utf-8")
    example = guide.split("```toml\n", 1)[1].split("```", 1)[0]
    second = read_topic("shenzhen-ai", example)
    genuine = domain.topics.topic
    for module in ("domain.judging", "domain.signals"):
        monkeypatch.setattr(
            f"{module}.topic", lambda name: second if name == "shenzhen-ai" else genuine(name)
        )
    return "shenzhen-ai"


def test_a_second_topic_needs_a_file_and_no_code(shenzhen):
    own = "深圳市工信局发布人工智能新政，训力券每年五亿元。企业可在南山申领，鹏城实验室提供算力。"
    assert band(own, "深圳发布人工智能新政", shenzhen) == "core"
    assert band(POLICY, "成都发布人工智能新政", shenzhen) == "off"
    assert band(own, "深圳发布人工智能新政") == "off"


@pytest.mark.parametrize("missing", ["places", "words", "policy", "bands"])
def test_a_topic_without_a_needed_key_says_which(missing):
    content = {
        "places": "[places]\nchengdu = 1.0\n",
        "words": "[words]\nAI = 1.0\n",
        "policy": 'policy = ["plan"]\n',
        "bands": "[bands]\ncore = 0.75\nadjacent = 0.5\n",
    }
    order = ("policy", "places", "words", "bands")
    text = "".join(content[name] for name in order if name != missing)
    with pytest.raises(ValueError, match=f"topic x: {missing} is missing"):
        read_topic("x", text)


@pytest.mark.parametrize("name", ["articles", "fresh"])
def test_what_happens_to_another_city_is_off_though_the_place_is_named_in_passing(name):
    paths = sorted((CORPUS / name).glob("*.json"))
    cases = [json.loads(path.read_text("utf-8")) for path in paths]
    own = [case for case in cases if case["relevance"] == "core"]
    away = [moved(case, number) for number, case in enumerate(own)]
    said = [band(case["text"], case["title"]) for case in away]
    assert said.count("off") >= 0.84 * len(said)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "省长在蓉调研人工智能企业",
            "11月19日，省长来到成都的三家人工智能企业，察看手术机器人和工业大模型。省长强调，全省各地要主动开放场景，加快转化。省直有关部门参加。",
        ),
        (
            "Governor tours robot makers in Chengdu",
            "Sichuan's governor toured three robotics companies in Chengdu on Tuesday and told "
            "provincial departments to open mines and dams to their machines.",
        ),
        (
            "成都智算公司三季报净利翻番",
            "公司10月29日披露三季报：营业收入8.7亿元，净利润9,320万元，增长来自天府新区智算中心的合同，毛利率升至31%。公司称全年研发投入2亿元。",
        ),
        (
            "四川出台“人工智能+”方案 支持成都打造样板",
            "四川省人民政府办公厅印发行动方案，到2028年全省建成20个示范场景。方案明确，支持成都、自贡开展大模型攻关，支持绵阳建设测试基地。",
        ),
        (
            "国家数据局确定数据标注基地城市",
            "国家数据局公布承建城市名单，成都、沈阳、合肥、长沙、海口、保定、大同入列，各基地到2027年形成500个高质量数据集。",
        ),
    ],
)
def test_what_is_the_provinces_the_countrys_or_a_companys_is_adjacent(title, text):
    assert band(text, title) == "adjacent"
