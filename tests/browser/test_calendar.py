"""The calendar's page in a real browser: `make browser`."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS

WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_is_accessible(opened, width, lang, scheme):
    page = opened(f"/calendar?lang={lang}", viewport=WIDTHS[width], color_scheme=scheme, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"calendar-{width}-{lang}-{scheme}.png")


def test_filters_work_without_scripts(opened):
    page = opened("/calendar?lang=es", java_script_enabled=False)
    page.locator("#topic").select_option("women")
    page.locator("#filters button").click()
    expect(page.locator("article:not(.limit)")).to_have_count(2)
    page.locator("#past").select_option("2018")
    page.locator("#topic").select_option("")
    page.locator("#filters button").click()
    expect(page.locator("article:not(.limit)")).to_have_count(54)
    page.screenshot(path=SCREENSHOTS / "calendar-past.png")


def test_it_prints_without_its_controls(opened):
    page = opened("/calendar?lang=es")
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
    page.screenshot(path=SCREENSHOTS / "calendar-print.png")
