"""The report in a real browser: it filters, tells its reasons, can be used with the keyboard, and asks the network for nothing.

Needs Playwright for Python, and Chromium at /usr/bin/chromium or where the variable CHROMIUM says.
"""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import goldens
from cleaner import clean
from cleaner.cli import command
from cleaner.labels import FURNITURE
from test_cli import SEED, TITLE
from test_report import NASTY

pytestmark = pytest.mark.browser

SWITCHES = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run".split()
SPANS = clean(SEED.read_text("utf-8")).spans
CUTS = [span for span in SPANS if span.label in FURNITURE]
MARKED = "() => [...CSS.highlights.get('found')].map((range) => range.toString())"


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """The reports that are looked at: of the seed, of the corpus with its answers, and of texts that mean no good."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "nasty").mkdir()
    for number, text in enumerate(NASTY):
        (folder / "nasty" / f"{number:02}.txt").write_bytes(f"{text}\nWarga pulang sejak pagi, kata Marto.\n".encode("utf-8", "replace"))
    for name, args in {"seed": [SEED], "corpus": ["--gold", goldens.CORPUS], "nasty": [folder / "nasty"]}.items():
        assert command("report", [*map(str, args), "--quiet", "--output", str(folder / f"{name}.html")]) == 0
    return folder


@pytest.fixture
def visit(chromium, reports):
    """Open a report. When the test ends, nothing may have been asked for but the file itself, and nothing said on the console."""
    trouble = []
    contexts = []

    def visit(name, hash="", width=1280, script=True, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script, **options)
        contexts.append(context)
        page = context.new_page()
        url = (reports / f"{name}.html").as_uri()
        page.on("request", lambda request: trouble.append(request.url) if request.url.partition("#")[0] != url else None)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(url + hash)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert trouble == []


def shown(page):
    """The ids of the documents that can be seen."""
    return page.locator(".doc:visible").evaluate_all("(docs) => docs.map((doc) => doc.id)")


def settled(page):
    """Wait until a filter that was typed has done its work: it waits a moment for the next letter."""
    page.wait_for_timeout(250)


def lines(locator):
    return [line for line in locator.inner_text().split("\n") if line]


def focused(page):
    return page.evaluate("() => { const e = document.activeElement; return [e.tagName, e.dataset.label || e.dataset.differs || e.id, e.closest('.doc')?.id]; }")


def test_the_texts_are_whole_in_the_browser(visit):
    read = """(holders) => holders.map((holder) => {
        const copy = holder.cloneNode(true);
        copy.querySelectorAll("[data-code]").forEach((sign) => sign.replaceWith(String.fromCodePoint(parseInt(sign.dataset.code, 16))));
        return copy.textContent;
    })"""
    assert visit("seed").locator(".text").evaluate_all(read) == [SEED.read_text("utf-8")]
    texts = [text.encode("utf-8", "replace").decode("utf-8") for text in NASTY]
    assert visit("nasty").locator(".text").evaluate_all(read) == [clean(f"{text}\nWarga pulang sejak pagi, kata Marto.\n").text for text in texts]
    corpus = visit("corpus").locator(".text").evaluate_all(read)
    assert sorted(corpus) == sorted(clean(goldens.read(path).text).text for path in goldens.paths())


def test_what_is_selected_and_copied_is_the_text_alone(visit):
    page = visit("seed")
    copied = page.evaluate("() => { getSelection().selectAllChildren(document.querySelector('.text')); return getSelection().toString(); }")
    assert copied.split() == SEED.read_text("utf-8").split()


def test_the_pointer_shows_rule_and_reason_and_so_does_focus(visit):
    page = visit("seed")
    tip = page.locator("#tip")
    assert tip.is_hidden()
    cut = page.locator("del[data-label=readmore]")
    said = [f"readmore · {cut.get_attribute('data-rule')}", cut.get_attribute("data-why"), f"--without {cut.get_attribute('data-rule')}"]
    cut.hover()
    assert lines(tip) == said
    page.mouse.move(5, 5)
    assert tip.is_hidden()
    cut.focus()
    assert lines(tip) == said
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.locator(".s[data-label=body]").first.hover()
    assert lines(tip) == ["body", "no filter claimed it"]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tip_lies_inside_the_window(visit, width):
    page = visit("seed", width=width)
    for label in ("title", "credit", "signoff", "related"):
        span = page.locator(f".s[data-label={label}]").last
        span.scroll_into_view_if_needed()
        span.hover()
        box = page.locator("#tip").bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 800


def test_the_tabulator_stops_once_in_a_document_and_arrows_go_on(visit):
    page = visit("seed")
    page.locator("form [name=label]").last.focus()
    page.keyboard.press("Tab")
    assert focused(page) == ["A", "", "d1"]  # the number of the document, which is a link
    page.keyboard.press("Tab")
    assert focused(page) == ["A", "", "d1"]  # to the first cut
    page.keyboard.press("Tab")
    assert focused(page) == ["DEL", CUTS[0].label, "d1"]
    labels = []
    for _ in CUTS[1:]:
        page.keyboard.press("ArrowRight")
        labels.append(focused(page)[1])
    assert labels == [cut.label for cut in CUTS[1:]]
    page.keyboard.press("ArrowRight")  # There is no other: it stays.
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-2].text
    assert page.locator(".text [tabindex='0']").count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-2].text
    page.keyboard.press("Tab")
    assert focused(page)[2] is None


def test_j_and_k_walk_over_all_cuts_and_come_round(visit):
    page = visit("seed")
    for _ in CUTS:
        page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-1].text
    page.keyboard.press("j")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[0].text
    page.keyboard.press("k")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-1].text
    page.keyboard.press("k")
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-2].text
    page.locator("#next").click()
    assert page.evaluate("() => document.activeElement.textContent") == CUTS[-1].text
    assert page.locator("del:focus").is_visible()


def test_n_and_p_walk_over_documents(visit):
    page = visit("corpus")
    walked = []
    for key in "nnnp":
        page.keyboard.press(key)
        walked.append(focused(page)[1])
    assert walked == ["d1", "d2", "d3", "d2"]


def test_a_label_filters_documents_and_spans(visit):
    page = visit("corpus")
    everything = len(shown(page))
    page.locator("form label.chip", has_text="embed").click()
    settled(page)
    assert 0 < len(shown(page)) < everything
    assert page.locator(".doc:visible:not(:has([data-label=embed]))").count() == 0
    assert page.locator(".doc:not(:visible) [data-label=embed]").count() == 0
    hits = page.locator(".hit").count()
    assert hits == page.locator(".s[data-label=embed]").count()
    assert page.locator("#found").inner_text() == f"{hits} in {len(shown(page))} of {everything} documents"
    assert "label=embed" in page.url
    page.keyboard.press("j")
    assert focused(page)[1] == "embed"
    page.locator("form [type=reset]").click()
    settled(page)
    assert len(shown(page)) == everything
    assert page.locator(".hit").count() == 0
    assert "label" not in page.url


def test_a_rule_filters_and_filters_add_up(visit):
    page = visit("corpus")
    page.locator("form select").select_option("caption")
    settled(page)
    assert page.locator(".hit:not([data-rule=caption])").count() == 0
    both = page.locator(".hit").count()
    page.locator("form label.chip", has_text="credit").click()
    settled(page)
    assert 0 < page.locator(".hit").count() < both
    assert page.locator(".hit:not([data-rule=caption][data-label=credit])").count() == 0


def test_a_text_is_found_over_the_ends_of_lines_and_spans(visit):
    page = visit("seed")
    page.keyboard.press("/")
    page.keyboard.type("18 JAM lalu")
    settled(page)
    assert page.evaluate(MARKED) == ["18 jam lalu"]
    page.locator("[name=text]").fill("18 jam lalu angkatan laut")
    settled(page)
    assert [" ".join(found.split()) for found in page.evaluate(MARKED)] == ["18 jam lalu Angkatan Laut"]
    assert page.locator(".hit").count() == 2
    page.keyboard.press("Enter")
    assert focused(page)[:2] == ["DEL", "related"]
    page.locator("[name=text]").fill(".* (tidak ada) [x-y] \\")
    settled(page)
    assert shown(page) == []
    assert page.locator("#found").inner_text() == "0 in 0 of 1 documents"
    page.keyboard.press("Escape")
    assert shown(page) == ["d1"]
    assert page.evaluate(MARKED) == []


def test_the_address_keeps_the_filter_and_brings_it_back(visit):
    page = visit("corpus")
    page.locator("form label.chip", has_text="legal").click()
    page.locator("[name=text]").fill("hak cipta & <b>")
    settled(page)
    address = page.url.partition("#")[2]
    page = visit("corpus", f"#{address}")
    assert page.locator("[name=text]").input_value() == "hak cipta & <b>"
    assert page.locator("[name=label]:checked").evaluate_all("(boxes) => boxes.map((box) => box.value)") == ["legal"]
    page = visit("corpus", "#rule=nothing&label=none&at=d999&x=<script>")
    assert len(shown(page)) == len(goldens.paths())


@pytest.mark.parametrize("width", [390, 1280])
def test_an_address_of_a_document_opens_it_below_the_filter(visit, width):
    page = visit("corpus", "#d30", width=width)
    page.wait_for_timeout(300)
    assert focused(page)[1] == "d30"
    assert page.locator("#filter").bounding_box()["height"] <= page.locator("#t30").bounding_box()["y"] < 400


def test_links_of_the_summary_lead_to_documents_and_filters(visit):
    page = visit("corpus")
    link = page.locator(".links a").first
    link.click()
    assert focused(page)[1] == link.get_attribute("href")[1:]
    top = page.locator(".doc:focus").bounding_box()["y"]
    assert page.locator("#filter").bounding_box()["height"] <= top < 400
    page.locator(".rules a[href='#rule=ad-marker']").first.evaluate("(link) => { link.closest('details') && (link.closest('details').open = true); link.click(); }")
    settled(page)
    assert page.locator(".hit").count() == page.locator(".s[data-rule=ad-marker]").count() > 0
    hidden = page.locator(".doc:not(:visible)").first.get_attribute("id")
    page.evaluate("(id) => { location.hash = id; }", hidden)
    settled(page)
    assert page.locator(f"#{hidden}").is_visible()
    assert focused(page)[1] == hidden


def test_the_next_difference_is_one_key_away(visit):
    page = visit("corpus")
    firsts = page.locator("mark[tabindex]")
    page.keyboard.press("d")
    assert focused(page) == ["MARK", firsts.first.get_attribute("data-differs"), "d1"]
    assert lines(page.locator("#tip"))[0] == f"{firsts.first.get_attribute('data-differs')}: gold says {firsts.first.get_attribute('data-gold')}"
    page.locator("#difference").click()
    assert page.evaluate("() => [...document.querySelectorAll('mark[tabindex]')].indexOf(document.activeElement)") == 1
    page.keyboard.press("Shift+D")
    assert page.evaluate("() => [...document.querySelectorAll('mark[tabindex]')].indexOf(document.activeElement)") == 0
    page.locator("form label.chip", has_text="leaked").click()
    settled(page)
    assert page.locator(".doc:visible:not(:has(mark[data-differs=leaked]))").count() == 0
    assert page.locator("#found").inner_text().startswith(f"{page.locator('mark[tabindex][data-differs=leaked]').count()} in ")


def test_a_link_leads_to_the_first_difference_of_a_document_and_keeps_the_filter(visit):
    page = visit("corpus")
    number = page.locator(".doc:has(mark)").first.get_attribute("id").removeprefix("d")
    page.locator(f"#d{number} a[href='#f{number}']").click()
    assert page.evaluate("() => document.activeElement.id") == f"f{number}"
    assert page.locator(f"#f{number}").evaluate("(mark) => mark.tagName") == "MARK"
    page = visit("seed", "#label=body")
    assert page.locator("#next").inner_text() == "Next hit →"
    page.locator("a[href='#f1']").click()
    assert page.evaluate("() => document.activeElement.id") == "f1"
    assert page.locator("input[value=body]").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_the_button_says_otherwise(visit, scheme):
    page = visit("seed", color_scheme=scheme)
    paper = "() => getComputedStyle(document.querySelector('.doc')).backgroundColor"
    colours = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}
    other = {"light": "dark", "dark": "light"}[scheme]
    assert page.evaluate(paper) == colours[scheme]
    page.locator("#theme").click()
    assert page.evaluate(paper) == colours[other]
    assert page.locator("#theme").inner_text() == ("Light view" if other == "dark" else "Dark view")
    page.emulate_media(media="print")
    assert page.evaluate(paper) == colours["light"]
    assert page.locator("#filter").is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit, scheme):
    contrast = """() => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        const over = (layers) => {
            layers.forEach((layer) => { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); });
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
        const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const grounds = (e) => (e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : ["#fff"]);
        return [...document.querySelectorAll(".text .s, .text mark, .chip, .meta span, .why, .figures dt, h2")].map((e) => {
            const [a, b] = [light(over([...grounds(e), getComputedStyle(e).color])), light(over(grounds(e)))];
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.outerHTML.slice(0, 200)];
        }).sort((a, b) => a[0] - b[0])[0];
    }"""
    ratio, where = visit("corpus", color_scheme=scheme).evaluate(contrast)
    assert ratio >= 4.5, where


@pytest.mark.parametrize("name", ["seed", "corpus", "nasty"])
def test_nothing_is_wider_than_a_phone(visit, name):
    page = visit(name, width=390)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    wide = "(spans) => spans.filter((span) => span.getBoundingClientRect().right > 390).map((span) => span.textContent)"
    assert page.locator(".s").evaluate_all(wide) == []


def test_labels_in_the_margin_do_not_cover_each_other(visit):
    page = visit("corpus")
    crowded = """(holders) => holders.flatMap((holder) => {
        const tops = [...holder.querySelectorAll(".line")].map((span) => Math.round(span.getClientRects()[0].top));
        return tops.filter((top, at) => at && top - tops[at - 1] < 10);
    })"""
    assert page.locator(".text").evaluate_all(crowded) == []


def test_without_javascript_all_is_there_but_the_filter(visit):
    page = visit("corpus", script=False)
    assert page.locator("#filter").is_hidden()
    assert page.locator("#theme").is_hidden()
    assert page.locator(".doc:visible").count() == len(goldens.paths())
    page = visit("seed", script=False)
    assert page.locator(".doc h2").inner_text() == TITLE
    cut = page.locator("del[data-label=readmore]")
    cut.hover()
    assert cut.get_attribute("data-why") in cut.evaluate("(cut) => getComputedStyle(cut, '::after').content")
    assert cut.get_attribute("data-why") in page.locator(f"#{cut.get_attribute('aria-describedby')}").text_content()


def test_nothing_can_be_fetched_even_by_a_script_that_gets_in(chromium, reports):
    page = chromium.new_page()
    page.goto((reports / "nasty.html").as_uri())
    tried = page.evaluate("""async () => {
        const refused = [];
        document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
        const image = new Image(); image.src = "https://harian.example/x.png"; document.body.append(image);
        const script = document.createElement("script"); script.textContent = "window.in = 1"; document.body.append(script);
        const frame = document.createElement("iframe"); frame.src = "https://harian.example/"; document.body.append(frame);
        await fetch("https://harian.example/").catch(() => 0);
        await new Promise((done) => setTimeout(done, 100));
        return [refused.sort(), window.in];
    }""")
    assert tried[0] == ["connect-src", "frame-src", "img-src", "script-src-elem"]
    assert tried[1] is None
    page.close()


def test_the_browser_says_what_a_reader_of_screens_hears(visit):
    page = visit("corpus")
    session = page.context.new_cdp_session(page)
    document = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector, role, description in (("del[data-label=promo]", "deletion", r"promo, by [\w-]+: .+"), ("mark[data-differs=leaked]", "mark", "leaked: gold says [a-z]+")):
        node = session.send("DOM.querySelector", {"nodeId": document, "selector": selector})["nodeId"]
        spoken = session.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})["nodes"][0]
        assert spoken["role"]["value"] == role
        assert re.fullmatch(description, spoken["description"]["value"])
