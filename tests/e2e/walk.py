"""What a page is looked at for: its skeleton, its accessibility, its width, what the browser complains of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Demonstration

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SKELETON = """() => {
  const seen = new Set();
  const walk = (node, path) => {
    const own = `${path}/${node.tagName}.${[...node.classList].sort().join(".")}`;
    if (seen.has(own)) return;
    seen.add(own);
    for (const child of node.children) walk(child, own);
  };
  walk(document.body, "");
  return [...seen].sort().join("\\n");
}"""
"""The tree of tags and classes, repeated rows told once."""


class Complaints(list[str]):
    """What the console said: errors, refused resources, uncaught exceptions."""

    def listen(self, page: Page) -> None:
        page.on("console", lambda said: self.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.append(str(error)))


@contextmanager
def page_of(
    browser: Browser, demonstration: Demonstration, *, width: int = 1280, **options: Any
) -> Iterator[tuple[Page, Complaints]]:
    context = browser.new_context(
        base_url=demonstration.url, viewport={"width": width, "height": 900}, locale="fr-FR", **options
    )
    page, complaints = context.new_page(), Complaints()
    complaints.listen(page)
    try:
        yield page, complaints
    finally:
        context.close()


def sign_in(page: Page, demonstration: Demonstration, email: str) -> None:
    page.goto("/connexion")
    page.fill("#email", email)
    page.fill("#password", demonstration.passwords[email])
    page.click("main button[type=submit]")
    assert "/connexion" not in page.url, page.inner_text("main")


def skeleton(page: Page) -> str:
    return str(page.evaluate(SKELETON))


def violations(page: Page) -> list[str]:
    """Each rule of axe that fails, with the first places where it does."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]} {one['help']}" for one in found]


def overflow(page: Page) -> list[str]:
    """What is wider than the window, if the page scrolls sideways."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
            [...document.querySelectorAll("body *")].filter(
              (one) => one.getBoundingClientRect().right > window.innerWidth + 1
            ).slice(0, 5).map((one) => one.tagName + "." + one.className)"""
        )
    )
