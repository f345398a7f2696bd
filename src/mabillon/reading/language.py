"""The language of the text as it stands, and the one it was translated from (BCP 47)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from mabillon.evidence import Word
from mabillon.reading.context import CERTAIN, FAIR, LIKELY, Context
from mabillon.vocabulary import alternation, canon, fold_space

# the commonest function words of each language: a text of a few lines tells itself apart by them
_COMMON = {
    "en": "the of and to in that is was for with as be are which by have not he his this from",
    "fr": "le la les de des et du que qui dans est une pour par sur avec pas ne au ce il",
    "de": "der die das und den von zu mit ist nicht des ein eine dem daß dass für auf im ich auch",
    "es": "el la los de que y en un una por con para las del se su no es al como",
    "it": "il la di che e un una per con non del della le si da al alla sono ho mi",
    "pt": "o a os de que e do da em um uma para com não por as no na se ao",
    "ro": "și de la în a cu că pe din care nu să un o mai este au pentru",
    "pl": "i w z na do że się nie jest o od za po jak to przez są",
    "cs": "a v se na že je s z do o k jako i ve by pro za",
    "hu": "a az és hogy nem egy is meg azt ez volt mint csak",
    "nl": "de het een van en in dat is op te met voor niet zijn aan",
    "la": "et in ad cum quod non est ut ex per atque sed ac",
    "sv": "och att det som en på är av för med den till inte om ett han jag har vi",
    "da": "og at det som en på er af for med den til ikke om et han jeg har vi blev efter sig havde nu",
    "nb": "og at det som en på er av for med den til ikke om et han jeg har vi ble bli etter seg hadde nå",
    "fi": "ja on ei että se hän oli mutta ovat kun joka sen myös mukaan",
    "tr": "ve bir bu ile için de da ki olan olarak daha",
}  # fmt: skip
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_CYRILLIC = {
    "ru": "и в не на что с по а как это он из за от о было были их его",
    "bg": "и на в да се за е от не че са с по ще това към при ни беше",
    "uk": "і в не на що з та до у як це він від за про його було",
    "sr": "и у је да на се не за од са су што као то би али",
}
_CYRILLIC_SETS = {code: frozenset(words.split()) for code, words in _CYRILLIC.items()}
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ko", re.compile("[가-힣]")),
    ("ja", re.compile("[ぁ-ヿ]")),
    ("zh", re.compile("[一-鿿]")),
    ("ar", re.compile("[؀-ۿ]")),
    ("el", re.compile("[α-ω]", re.I)),
)


def read_language(context: Context) -> Word | None:
    """Return the language of the body."""
    body = " ".join(context.text[line.start : line.end] for line in context.zone("body", "salutation", "closing")[:12])
    code = guess(body or context.text[:4000])
    return Word(value=code, text="", spans=[], confidence=LIKELY, reason="content") if code else None


def guess(text: str) -> str | None:
    """Return the BCP 47 code of the language that `text` is in; None where it has no letters."""
    sample = text[:1500]
    if not sample.isascii():
        letters = sum(character.isalpha() for character in sample) or 1
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > letters * 0.3:
                return _best(sample, _CYRILLIC_SETS, "ru") if code == "ru" else code
    return _best(sample, _SETS, "en")


def _best(sample: str, sets: dict[str, frozenset[str]], usual: str) -> str | None:
    """Return the language whose commonest words stand in the sample most often, `usual` where none does."""
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    scores = {code: sum(words[word] for word in words.keys() & common) for code, common in sets.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] else (usual if words else None)


@cache
def _from() -> re.Pattern[str]:
    names = alternation(sorted(canon("language_names")))
    return re.compile(
        rf"\btranslat(?:ed|ion)\b[^.\n]{{0,40}}?\bfrom\s+(?:the\s+)?(?P<name>{names})|\[Translated from (?:the )?"
        rf"(?P<name2>{names})",
        re.IGNORECASE,
    )


def read_translated_from(context: Context, language: Word | None) -> Word | None:
    """Return the language that the text says it was translated from, or that the archive gives for the original.

    What a cover says of the text that it carries belongs to the enclosure.
    """
    if context.cover is not None:
        return _stated_in(context, _NEAR) or _stated_in(context.cover, ("body",))
    if (original := _original(context)) is not None and language is not None and original.value != language.value:
        return original
    return _stated_in(context, _NEAR if context.part.enclosures else (*_NEAR, "body")) or _archive_language(
        context, language
    )


_ORIGINAL = re.compile(r"\bORIGINAL\s*:\s*(?P<name>[A-Z]{4,12})\s*$", re.MULTILINE)


def _original(context: Context) -> Word | None:
    """`ORIGINAL: FRENCH`: the mark of an international body on the text in another of its languages."""
    for line in context.zone("masthead", "dateline"):
        found = _ORIGINAL.search(context.text, line.start, line.end)
        if found and (code := canon("language_names").get(found["name"].casefold())):
            return context.word(*found.span("name"), code, LIKELY)
    return None


_NEAR = (
    "masthead",
    "mark",
    "salutation",
    "dateline",
    "heading",
    "enclosure-heading",
    "apparatus",
    "archive",
    "source-note",
    "summary",
    "addressing",
)


def _stated_in(context: Context, zones: tuple[str, ...]) -> Word | None:
    for line in context.zone(*zones):
        if line.zone == "body" and line.end - line.start > 400:
            continue
        found = _from().search(context.text, line.start, line.end)
        if found:
            name = "name" if found["name"] else "name2"
            code = canon("language_names")[fold_space(found[name])]
            return context.word(*found.span(name), code, CERTAIN)
    return None


def _archive_language(context: Context, language: Word | None) -> Word | None:
    for datum in context.metadata.get("language", ()):
        code = datum.attributes.get("ident", "").split("-")[0]
        original = datum.attributes.get("usage") == "100" or "original" in datum.value.casefold()
        if original and code and (language is None or code != language.value) and len(context.metadata["language"]) > 1:
            return context.stated(datum, code)
    label = False
    for line in context.zone("archive", "furniture"):
        words = fold_space(context.text[line.start : line.end]).strip(" :")
        inline = re.match(r"(?:original )?language\s*:?\s+(\w+)$", words)
        name = inline[1] if inline else words if label else None
        if name in canon("language_names"):
            code = canon("language_names")[name]
            if language is None or code != language.value:
                start = (
                    line.end - len(context.text[line.start : line.end].lstrip()) if not inline else line.end - len(name)
                )
                return context.word(start, line.end, code, LIKELY)
            return None
        label = words in ("language", "original language")
    for datum in context.metadata.get("translated-from", ()):
        return context.stated(datum, confidence=FAIR)
    return None
