"""Which document an article means: numbers decide, titles catch their slips."""

from dataclasses import replace

from domain.documents.document import Claim, settle
from domain.documents.identity import Entry, find, keys

NUMBER = "成办发〔2020〕97号"
TITLE = "成都市促进人工智能产业发展专项政策"


def claim(number=NUMBER, title=TITLE, **given):
    return Claim(title=title, number=number, **given)


def entry(number=1, *claims, first_hand=False):
    told = claims or (claim(),)
    document = replace(settle(told), id=number)
    names = frozenset(key for one in told for key in keys(one))
    return Entry(document=document, keys=names, first_hand=first_hand)


def meant(one, *entries):
    found = find(one, entries)
    return found.document.id if found else None


def test_a_number_is_enough():
    assert meant(claim(title="专项政策"), entry()) == 1
    assert meant(claim(number="成办发[2020] 97号", title="那份文件的别名"), entry()) == 1


def test_a_title_is_enough_where_no_number_contradicts_it():
    assert meant(claim(number=None), entry()) == 1
    assert meant(claim(), entry(1, claim(number=None))) == 1
    assert meant(claim(number=None, title=f"关于印发《{TITLE}》的通知"), entry()) == 1


def test_a_mistyped_number_under_the_same_title_is_the_same_document():
    assert meant(claim(number="成发办〔2020〕97号"), entry()) == 1
    assert meant(claim(number="成办发〔2020〕79号"), entry()) == 1


def test_a_mistyped_number_that_is_another_documents_goes_by_the_title():
    other = entry(2, claim(number="成办发〔2020〕79号", title="成都市促进跨境电商发展若干政策"))
    assert meant(claim(number="成办发〔2020〕79号"), entry(), other) == 1
    right = claim(number="成办发〔2020〕79号", title="成都市促进跨境电商发展若干政策")
    assert meant(right, entry(), other) == 2


def test_two_numbers_of_different_years_under_one_title_are_two_versions():
    assert meant(claim(number="成办发〔2024〕17号"), entry()) is None


def test_two_originals_with_different_numbers_are_two_documents():
    own = claim(number="成办发〔2020〕79号", tier="official", role="primary", first_hand=True)
    assert meant(own, entry(1, claim(), first_hand=True)) is None


def test_of_two_versions_a_bare_title_means_the_newer():
    newer = entry(2, claim(number="成办发〔2024〕17号"))
    assert meant(claim(number=None), entry(), newer) == 2


def test_a_draft_and_the_final_document_are_one_though_a_word_was_added():
    title = "成都市打造人工智能产业发展{}高地若干政策"
    draft = entry(1, claim(None, title.format("") + "（征求意见稿）", stage="draft"))
    final = claim("成办发〔2025〕6号", title.format("新"), stage="issued", role="primary")
    assert meant(final, draft) == 1
    assert meant(replace(final, stage="draft"), draft) is None


def test_final_documents_that_look_alike_are_two():
    one = entry(1, claim(None, "成都市成华区算力补贴管理办法", stage="issued"))
    assert meant(claim(None, "成都市金牛区算力补贴管理办法", stage="issued"), one) is None


def test_a_short_form_leads_to_nothing():
    short = claim(None, title="若干政策")
    assert meant(short, entry(1, claim(alias="若干政策"))) is None


def test_an_open_number_is_no_key():
    assert keys(claim("成办发〔2025〕X号", "算力券")) == ("算力券",)
