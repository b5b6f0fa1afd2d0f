"""The page to try it on, in a real browser: it cleans as `clean` does, and asks for nothing but what the site holds.

The variable SITE says where the site is, built by mkdocs and filled by .ci/try.py. Chromium as in test_chromium.py.
"""

import os
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from cleaner import clean
from cleaner.labels import FURNITURE
from test_chromium import SWITCHES
from test_cli import SEED

pytestmark = pytest.mark.browser

PATIENCE = 120_000  # milliseconds until Python has to be there


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address():
    site = os.environ.get("SITE", "")
    if not Path(site, "try", "cleaner.zip").is_file():
        pytest.skip("SITE has to name a site with the page, as .ci/run makes it where npm gives Pyodide")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def page(address):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=SWITCHES)
        page = browser.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{address}try/")
        page.wait_for_selector("#try button:enabled", timeout=PATIENCE)
        yield page
        browser.close()


@pytest.mark.parametrize("text", [SEED.read_text("utf-8"), "<b>404</b>\nHalaman tidak ditemukan\n", "Air sudah surut, kata warga. <script>x()</script>\nBaca juga: Hujan\n"])
def test_what_is_pasted_is_cleaned_as_the_library_does_it(page, text):
    article = clean(text)
    page.fill("#try textarea", text)
    page.click("#try button")
    rows = page.eval_on_selector_all("#try .margin div", "(rows) => rows.map((row) => [row.className, row.children[0].textContent, row.children[1].textContent])")
    assert rows == [["cut" if span.label in FURNITURE else "kept", span.label, span.text.rstrip()] for span in article.spans]
    assert page.text_content("#try .story") == (article.body or "No body was found.")


def test_the_page_asks_for_nothing_but_what_the_site_holds(page, address):
    assert page.asked
    assert {url for url in page.asked if not url.startswith(address)} == set()
