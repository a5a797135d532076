"""Which list somebody asks for, read from the address and written back to it: tab, sort, filters, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import url_for

from app.dossiers.desk import Cursor, DeskPage, Sort, Tab, cursor_from, sorts_of
from app.dossiers.narrowing import Narrowing, narrowing_from
from app.routing.rulebook import Rulebook


@dataclass(frozen=True)
class AskedList:
    """What cannot be read is not asked."""

    tab: Tab
    sort: Sort
    narrowing: Narrowing
    cursor: Cursor | None
    book: Rulebook | None

    @cached_property
    def needs(self) -> tuple[str, ...] | None:
        """The needs of the theme asked, if one is."""
        if not self.narrowing.theme or self.book is None:
            return None
        return tuple(key for key, need in self.book.needs.items() if need.theme == self.narrowing.theme)

    def kept(self, tab: Tab | None = None) -> dict[str, str]:
        """What the address of this list holds, its page left out: a list that is named keeps this."""
        tab = tab or self.tab
        sort = {} if self.sort not in sorts_of(tab)[1:] else {"tri": self.sort.value}
        return {"onglet": tab.value} | sort | self.narrowing.address()

    def url(self, tab: Tab | None = None, **more: str) -> str:
        return list_url(self.kept(tab) | more)

    @property
    def plain_url(self) -> str:
        """The same tab, whole."""
        return url_for("adviser.desk", onglet=self.tab.value)

    def paging(self, page: DeskPage) -> dict[str, str | None]:
        before, after = page.previous, page.following
        return {
            "previous": self.url(avant=before.text()) if before else None,
            "next": self.url(apres=after.text()) if after else None,
        }


def list_url(asked: Mapping[str, str]) -> str:
    return f"{url_for('adviser.desk')}?{urlencode(asked)}"


def asked_list(asked: Mapping[str, str], book: Rulebook | None) -> AskedList:
    """Without rules the list still stands: only its themes and needs cannot be chosen."""
    tab = Tab(asked["onglet"]) if asked.get("onglet") in set(Tab) else Tab.NEW
    wanted = asked.get("tri", "")
    sort = Sort(wanted) if wanted in set(sorts_of(tab)) else sorts_of(tab)[0]
    narrowing = _known(narrowing_from(asked), book)
    return AskedList(tab, sort, narrowing, _cursor(asked, sort), book)


def _known(narrowing: Narrowing, book: Rulebook | None) -> Narrowing:
    """A theme or a need that the rules in force do not know is not asked."""
    told = narrowing.address()
    if book is None or narrowing.theme not in book.themes:
        told.pop("theme", None)
    if book is None or narrowing.need not in book.needs:
        told.pop("besoin", None)
    return narrowing_from(told)


def _cursor(asked: Mapping[str, str], sort: Sort) -> Cursor | None:
    backwards = "avant" in asked
    text = asked.get("avant" if backwards else "apres", "")
    return cursor_from(text, sort, backwards=backwards) if text else None
