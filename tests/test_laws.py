"""What holds for every page, whatever stands on it and whatever a filter does."""

import json
import pickle
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import goldens
import strategies as some
from cleaner import (
    LABELS,
    Article,
    Claim,
    Filter,
    FilterError,
    Page,
    Pipeline,
    Span,
    clean,
    default,
    margin,
    settle,
)
from cleaner.pipeline import labelled
from goldens import Golden

GOLDENS = [goldens.read(path) for path in goldens.paths()]
PAGES = [golden.text for golden in GOLDENS]
NAMES = [golden.path.stem for golden in GOLDENS]


def is_partition(spans: tuple[Span, ...] | list[Span], text: str) -> bool:
    """Whether the spans are contiguous, none is empty, and joined they give the text."""
    ends = [0, *(span.end for span in spans)]
    return (
        [span.start for span in spans] == ends[:-1]
        and ends[-1] == len(text)
        and all(span.text and span.text == text[span.start : span.end] for span in spans)
        and "".join(span.text for span in spans) == text
    )


def decided(article: Article) -> list[tuple[int, int, str, str, str]]:
    """What was decided of a page, without its text."""
    return [(span.start, span.end, span.label, span.rule, span.why) for span in article.spans]


# ── the partition ───────────────────────────────────────────────────────────────────────────────────────────────────


@given(some.texts())
def test_a_new_page_is_a_partition_and_all_of_it_is_open(text: str) -> None:
    page = Page(text)
    assert is_partition(page.spans, text)
    assert tuple(page) == page.spans


@given(some.texts(), st.lists(st.lists(some.claims(), max_size=12), max_size=4))
def test_hostile_claims_cannot_break_the_partition(text: str, rounds: list[list[Claim]]) -> None:
    page = Page(text)
    for claims in rounds:
        before = {(span.start, span.end): span for span in page.spans if span.label}
        page = settle(page, claims)
        assert is_partition(page.spans, text)
        assert {span.label for span in page.spans} <= {"", *LABELS}
        assert before.items() <= {(span.start, span.end): span for span in page.spans}.items(), "a settled span stays as it is"


@given(some.texts(), st.lists(some.claims(), max_size=8))
def test_hostile_filters_cannot_break_the_partition(text: str, claims: list[Claim]) -> None:
    pipeline = Pipeline((some.hostile(*claims), *default().filters, some.hostile(*reversed(claims))))
    article = pipeline(text)
    assert is_partition(article.spans, article.text)
    assert {span.label for span in article.spans} <= set(LABELS)


@given(some.pages(), st.lists(some.claims(), max_size=3), st.one_of(some.rubbish(), st.sampled_from([ValueError("sengaja"), StopIteration(), KeyError(0)])))
def test_a_filter_that_raises_or_yields_no_claims_is_named(text: str, claims: list[Claim], step: object) -> None:
    pipeline = default().before("tail", some.hostile(*claims, step))
    with pytest.raises(FilterError, match="'hostile'") as caught:
        pipeline(text)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("answer", [None, 0, Claim])
def test_a_filter_that_gives_nothing_to_iterate_is_named(answer: object) -> None:
    def forgetful(page: Page) -> object:
        return answer

    with pytest.raises(FilterError, match="'forgetful'"):
        Pipeline((forgetful,))("Isi berita.")  # type: ignore[arg-type]


@given(some.pages())
def test_a_filter_that_claims_everything_gets_what_is_open_and_no_more(text: str) -> None:
    def everything(page: Page) -> list[Claim]:
        return [Claim(0, len(page.text), "other", "everything", "wants all of it")]

    calm, greedy = default()(text), (default() + everything)(text)
    assert is_partition(greedy.spans, text)
    kept = "".join(span.text for span in calm.spans if span.rule == "story")  # against a claim, and so not open
    assert "".join(greedy.body.split()) in ("".join((word + kept).split()) for word in ("", greedy.dateline))
    assert [span for span in greedy.spans if span.rule != "everything"] == [span for span in calm.spans if span.rule]


@given(some.texts())
def test_cleaning_loses_no_character_and_invents_none(text: str) -> None:
    article = clean(text)
    assert is_partition(article.spans, article.text)
    story = "".join(span.text for span in article.spans if span.label in ("body", "dateline"))
    assert "".join(article.body.split()) == "".join(story.split())


@given(some.pages())
def test_every_removal_says_by_which_rule_and_why(text: str) -> None:
    for span in clean(text).spans:
        assert span.label == "body" or (span.rule and span.why)


@given(some.pages())
def test_a_pipeline_is_its_filters_one_after_the_other(text: str) -> None:
    *_, last = labelled(Page(text), default().filters)
    assert decided(Article(last)) == decided(clean(text))


# ── the story ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(some.stories(), st.sampled_from(["\n", "\n\n", " \n\n\n", "\r\n\r\n"]))
def test_prose_comes_back_whole(story: list[str], gap: str) -> None:
    article = clean(gap.join(story))
    assert article.paragraphs == story
    assert article.body == "\n\n".join(story)
    assert not article.removed


@given(some.stories())
def test_prose_in_one_line_comes_back_whole(story: list[str]) -> None:
    assert clean(" ".join(story)).body == " ".join(story)


@given(some.sprinkled())
def test_furniture_sprinkled_between_paragraphs_is_removed_and_the_body_unchanged(sprinkled: tuple[list[str], str]) -> None:
    story, text = sprinkled
    article = clean(text)
    assert article.paragraphs == story
    assert "".join("".join(span.text.split()) for span in article.removed) == "".join("".join(line.split()) for line in text.split("\n") if line not in story)


@pytest.mark.parametrize("line", some.FURNITURE_LINES, ids=[line for _, line in some.FURNITURE_LINES])
@given(story=some.stories())
@settings(max_examples=4)
def test_no_furniture_line_costs_a_word_of_the_story(line: tuple[str, str], story: list[str]) -> None:
    label, text = line
    article = clean("\n".join([*story[:2], text, *story[2:]]))
    assert article.paragraphs == story
    assert [(span.label, span.text) for span in article.removed] == [(label, text + "\n")]


@given(some.pages())
def test_cleaning_a_cleaned_body_changes_nothing(text: str) -> None:
    body = clean(text).body
    assert clean(body).body == body


@pytest.mark.parametrize("golden", [golden for golden in GOLDENS if goldens.KNOWN_FAILURES not in golden.path.parts], ids=lambda golden: golden.path.stem)
def test_the_right_body_of_a_page_is_left_as_it_is(golden: Golden) -> None:
    body = golden.answer().body
    assert clean(body).body == body


# ── the same page in other clothes ──────────────────────────────────────────────────────────────────────────────────


def same_but_for_line_ends(text: str) -> None:
    """Fail unless the page comes out the same with CRLF as with LF."""
    unix, dos = clean(text), clean(text.replace("\n", "\r\n"))
    assert dos.parts() == unix.parts()
    assert [(span.text.replace("\r\n", "\n"), *span[3:]) for span in dos.spans] == [tuple(span[2:]) for span in unix.spans]


@given(some.pages())
def test_crlf_equals_lf(text: str) -> None:
    same_but_for_line_ends(text)


@pytest.mark.parametrize("text", PAGES, ids=NAMES)
def test_crlf_equals_lf_on_the_corpus(text: str) -> None:
    same_but_for_line_ends(text)


@given(some.texts())
def test_the_margin_view_of_a_page_can_be_read_back(text: str) -> None:
    article = clean(text)
    assert margin.read(article.explain()) == [(span.label, span.text) for span in article.spans]


@given(some.texts())
def test_the_json_of_an_article_rebuilds_the_text(text: str) -> None:
    article = clean(text)
    loaded = json.loads(json.dumps(article.to_dict()))
    assert "".join(span["text"] for span in loaded["spans"]) == article.text
    assert [article.text[span["start"] : span["end"]] for span in loaded["spans"]] == [span["text"] for span in loaded["spans"]]
    assert [Span(**span) for span in loaded["spans"]] == article.spans
    assert {name: loaded[name] for name in article.parts()} == article.parts()


# ── no memory ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_labels_in_any_thread_and_any_order_of_documents() -> None:
    fresh = Pipeline(default().filters)
    alone = [decided(clean(text)) for text in PAGES]
    order = list(range(len(PAGES))) * 2
    random.Random(5).shuffle(order)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda number: decided(fresh(PAGES[number])), order))
    assert together == [alone[number] for number in order]


@given(st.lists(some.pages(), min_size=2, max_size=4))
def test_no_page_leaves_a_trace_on_the_next(texts: list[str]) -> None:
    forward = [decided(clean(text)) for text in texts]
    assert [decided(clean(text)) for text in reversed(texts)] == forward[::-1]


@pytest.mark.parametrize("pipeline", [default(), default().without("caption"), default().without("scroll-to-continue"), Pipeline(())])
def test_a_pipeline_can_be_pickled(pipeline: Pipeline) -> None:
    pipeline(PAGES[0])  # what was built on the first page must not stand in the way
    copy = pickle.loads(pickle.dumps(pipeline))
    assert copy.names == pipeline.names
    assert [decided(copy(text)) for text in PAGES[:20]] == [decided(pipeline(text)) for text in PAGES[:20]]


@given(some.pages())
def test_a_page_and_its_claims_do_not_change_when_they_are_read(text: str) -> None:
    page = Page(text)
    before = page.spans
    filters: tuple[Filter, ...] = default().filters
    for filter in filters:
        assert list(filter(page)) == list(filter(page))
    assert page.spans is before
