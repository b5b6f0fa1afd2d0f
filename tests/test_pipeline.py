"""Pipelines are values: what their methods give, and what they say when they cannot."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from cleaner import Claim, Page, Pipeline, UnknownName, clean, default
from cleaner.pipeline import labelled

TEXT = """Banjir Surut

Senin, 3 Maret 2025 10:00 WIB

SOLO, KOMPAS.com - Warga mulai kembali ke rumah masing-masing sejak pagi tadi.

Advertising

Mereka berharap air sungai tidak lagi naik dalam beberapa hari ke depan."""


def one(page: Page) -> Iterator[Claim]:
    yield Claim(0, 3, "nav", "one", "the first three letters")


def two(page: Page) -> Iterator[Claim]:
    yield Claim(0, 6, "ad", "two", "the first six letters")


def nothing(page: Page) -> Iterator[Claim]:
    yield from ()


def test_filters_are_asked_in_order_and_see_what_was_settled_before() -> None:
    seen: list[list[str]] = []

    def watch(page: Page) -> Iterator[Claim]:
        seen.append([span.label for span in page.spans])
        yield from ()

    article = Pipeline((watch, one, watch, two, watch))("Isi berita.")
    assert seen == [[""], ["nav", ""], ["nav", "ad", ""]]
    assert [(span.text, span.label) for span in article.spans] == [("Isi ", "nav"), ("be", "ad"), ("rita.", "body")]


def test_every_method_gives_a_new_pipeline_and_leaves_the_old_one() -> None:
    old = Pipeline((one, two))
    assert old.before("two", nothing).names == ("one", "nothing", "two")
    assert old.after("one", nothing, nothing).names == ("one", "nothing", "nothing", "two")
    assert old.replace("one", nothing).names == ("nothing", "two")
    assert old.replace("one").names == ("two",)
    assert old.without("one", "two").names == ()
    assert (old + nothing).names == (old + Pipeline((nothing,))).names == ("one", "two", "nothing")
    assert old == Pipeline((one, two))


def test_a_filter_may_be_any_callable() -> None:
    class Loud:
        def __call__(self, page: Page) -> list[Claim]:
            return [Claim(span.start, span.end, "other", "loud", "in capitals") for span in page if span.text.isupper()]

    pipeline = Pipeline((Loud(), partial(one)))
    assert pipeline.names == ("Loud", "partial")
    assert [span.label for span in pipeline("Isi berita.\nAWAS!").spans] == ["nav", "body", "other"]


def test_the_default_pipeline_is_what_clean_runs() -> None:
    assert clean(TEXT).spans == default()(TEXT).spans
    assert default() is default()


def test_hints_reach_the_filters_and_are_never_needed() -> None:
    seen: list[tuple[str, ...]] = []

    def watch(page: Page) -> Iterator[Claim]:
        seen.append((page.url, page.publisher, page.title))
        yield from ()

    pipeline = Pipeline((one, watch))
    pipeline("Isi berita.")
    pipeline("Isi berita.", url="https://contoh.id/berita", publisher="contoh", title="Isi &amp; Arti")
    assert seen == [("", "", ""), ("https://contoh.id/berita", "contoh", "Isi & Arti")]
    assert clean(TEXT, url="https://contoh.id/1/banjir-surut", publisher="kompas").body == clean(TEXT).body


def test_a_filter_can_be_switched_off_by_name() -> None:
    assert clean(TEXT).dateline == "SOLO, KOMPAS.com -"
    assert default().without("dateline")(TEXT).dateline == ""
    assert default().without("dateline")(TEXT).body == clean(TEXT).body


def test_a_single_rule_can_be_switched_off_by_name() -> None:
    calmer = default().without("ad-marker")
    assert calmer.names == default().names
    assert "Advertising" not in clean(TEXT).body
    assert "Advertising" in calmer(TEXT).body.split("\n")
    assert "Advertising" not in clean(TEXT).body, "the default is as it was"


@pytest.mark.parametrize("method", [Pipeline.before, Pipeline.after, Pipeline.replace, Pipeline.without])
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(method: Callable[[Pipeline, str], Pipeline]) -> None:
    with pytest.raises(UnknownName) as caught:
        method(default(), "captoin")
    message = str(caught.value)
    assert "'captoin'" in message
    assert "did you mean 'caption'" in message
    for name in default().names:
        assert name in message


def test_a_name_that_resembles_a_rule_is_an_error_that_names_the_rule() -> None:
    with pytest.raises(UnknownName, match="did you mean 'scroll-to-continue'"):
        default().without("scroll-to-continu")


def test_a_name_is_known_only_until_it_is_gone() -> None:
    with pytest.raises(UnknownName, match="'caption'"):
        default().without("caption", "caption")


def test_something_that_is_no_filter_cannot_be_added() -> None:
    with pytest.raises(TypeError):
        default() + 5


@pytest.mark.parametrize("thing", [b"Isi berita.", None, 5, ["Isi berita."]])
def test_clean_takes_a_text_and_says_so(thing: object) -> None:
    with pytest.raises(TypeError, match=f"takes a text.*not {type(thing).__name__}"):
        clean(thing)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\x00", "x", "\r\n" * 3, "\ud800"])
def test_a_page_with_hardly_anything_on_it_is_cleaned_without_an_error(text: str) -> None:
    article = clean(text)
    assert "".join(span.text for span in article.spans) == article.text
    assert article.title == article.caption == article.date == ""


def test_a_pipeline_can_be_watched_at_its_work() -> None:
    pages = list(labelled(Page("Isi berita."), (one, nothing, two)))
    assert [[span.label for span in page.spans] for page in pages] == [["nav", ""], ["nav", ""], ["nav", "ad", ""]]
