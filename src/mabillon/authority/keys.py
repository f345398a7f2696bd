"""Blocking keys: two spellings of one name share at least one, in whatever script and romanization.

A key opens with its tradition: `k:` Korean syllables in coarse sounds, `c:` Mandarin syllables, `s:` Slavic letters,
`w:` a plain Latin word, `p:` a coarse sound, `x:` consonants (for scripts that write no vowels), `o:` a term of a
body's name, `i:` initials alone,
`u:` all the words without their accents. They find candidates; `matching.match` judges them.
"""

from __future__ import annotations

from functools import lru_cache

from mabillon.authority import bodies, chinese, korean, persons, slavic, words
from mabillon.authority.hangul import simplified
from mabillon.authority.names import Name, fold, parse, script_of, unaccented


def _word_keys(word: str) -> set[str]:
    found = {"w:" + form for form in words.spellings(word)}
    found |= {"s:" + form for form, weight in slavic.readings(word).items() if weight >= 0.8}
    sound, bones = words.phonetic(word), words.skeleton(word)
    if len(sound) >= 4:
        found.add("p:" + sound)
    if len(bones) >= 3:
        found.add("x:" + bones)
    return found


def _person_keys(name: Name) -> set[str]:
    found: set[str] = set()
    if name.script not in ("han", "hangul"):
        for parsed in persons.partings(name):
            found |= _word_keys(parsed.family)
    for reading in korean.readings(name):
        found |= korean.key(reading)
        found |= {"kf" + key[1:] for key in korean.key(korean.KoreanName(reading.family, ()))}
    for row in chinese.readings(name):
        found |= chinese.key(row)
        found |= {"cf" + key[1:] for key in chinese.key(chinese.ChineseName(row.family, ()))}
    if name.script in ("han", "hangul", "kana"):
        found.add("w:" + simplified(name.words[0].text))
    if not name.full:
        found.add("i:" + "".join(fold(word.text) for word in name.words))
    return found


def _place_keys(text: str) -> set[str]:
    own, _ = bodies.place_parts(text)
    script = script_of(own)
    found = _word_keys(own)
    for row in korean.syllable_rows(own, script):
        found |= korean.key(korean.KoreanName((), row))
    for blocks in chinese.syllable_rows(own, script):
        found |= chinese.key(chinese.ChineseName((), blocks))
    return found


@lru_cache(maxsize=20_000)
def keys(name: str, kind: str = "person") -> frozenset[str]:
    """Return the blocking keys of `name`: frozenset of strings, empty for what holds no letters.
    Raises ValueError for a kind other than person, family, org, place."""
    if kind not in ("person", "family", "org", "place"):
        raise ValueError(f"no such kind of name: {kind!r} (person, family, org, place)")
    if kind == "org":
        return frozenset("o:" + word for word in bodies.org_words(name))
    parsed = parse(name)
    if not parsed.words:
        return frozenset()
    found = _place_keys(name) if kind == "place" else _person_keys(parsed)
    found.add("u:" + " ".join(sorted(unaccented(word.text) for word in parsed.words)))
    return frozenset(key for key in found if len(key) > 2)
