"""Scalable vector graphics as text. Colours stand in attributes, so that a file stands alone; on a page the style sheet
goes before them."""

from __future__ import annotations

from markupsafe import Markup, escape

from mabillon.web.rendering import without_controls

INK, SOFT, RULE, RED, PAPER = "#1f1b16", "#5f574b", "#dcd4c4", "#8a2a1c", "#fcfaf5"
FONT = "Georgia, 'Noto Serif', 'DejaVu Serif', serif"


def element(name: str, content: str | Markup = "", **attributes: object) -> Markup:
    """Return an element; `class_` stands for `class`, and `_` in a name for `-`. Content is escaped unless Markup."""
    said = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value)) for key, value in attributes.items()
    )
    inside = content if isinstance(content, Markup) else escape(without_controls(content))
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), said, inside)


def _short(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return without_controls(value) if isinstance(value, str) else value


def joined(*pieces: Markup) -> Markup:
    return Markup("\n").join(pieces)


def label(x: float, y: float, words: str, anchor: str = "start", **attributes: object) -> Markup:
    given = {"fill": INK, "font_size": 13, **attributes}
    return element("text", words, x=x, y=y, text_anchor=anchor, **given)


def linked(address: str, content: Markup, title: str = "") -> Markup:
    inside = joined(element("title", title), content) if title else content
    return element("a", inside, href=address)


def picture(width: int, height: int, content: Markup, title: str) -> Markup:
    """Return a whole picture, named `title` for those who do not see it."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="group" '
        'aria-label="{2}" font-family="{3}">\n{4}\n</svg>'
    ).format(width, height, without_controls(title), FONT, content)
