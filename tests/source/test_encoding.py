"""Old files do not say what they are encoded in, or say it wrongly."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.source.encoding import declared, decode, is_binary

RUSSIAN = "Шифртелеграмма из Пхеньяна, отправлена 2 часа 40 минут. Строго секретно. Тов. Громыко"
CZECH = "Poselství z Prahy: ministr zahraničních věcí přijal velvyslance"
POLISH = "Szyfrogram z Moskwy. Poseł prosi o przekazanie wiadomości, wysłano 12 września, łączność"
FRENCH = "Présence à Paris – l’été 1950 était très chaud. Cœur"
JAPANESE = "極秘 電信 在ソウル大使館からの報告によれば、昨日の会談では"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (FRENCH, "cp1252"), (FRENCH, "utf-8"), (FRENCH, "utf-8-sig"), (FRENCH, "utf-16"), (FRENCH, "utf-32"),
        (FRENCH, "utf-16-le"), (FRENCH, "mac-roman"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"), (RUSSIAN, "utf-16"), (CZECH, "cp1250"), (POLISH, "iso8859-2"), (POLISH, "cp1250"),
        (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), ("“Peking” – the Ambassador’s café", "cp1252"),
        ("Gespräch über die Größe des Verbrauchs", "cp1252"),
        ("北京来电：中国驻朝鲜大使馆的报告，我们的意见是不要这样做", "gb18030"),
        ("北京來電：中國駐朝鮮大使館的報告，我們的意見是不要這樣做", "big5"),
        ("평양에서 보낸 전문이다. 외무성은 이 문제를 논의하기 위하여 대사를", "euc_kr"),
    ],
)  # fmt: skip
def test_words_are_read_in_the_encoding_that_they_show(words: str, encoding: str) -> None:
    assert decode(words.encode(encoding)) == words


def test_a_declaration_decides_between_likely_readings() -> None:
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + RUSSIAN.encode("koi8-r")
    assert decode(page).endswith(RUSSIAN)


def test_a_page_that_says_latin_1_means_windows_1252() -> None:
    page = b"<meta charset=iso-8859-1>" + FRENCH.encode("cp1252")
    assert decode(page).endswith(FRENCH)


def test_valid_utf_8_is_so_whatever_the_page_declares() -> None:
    assert decode(b"<meta charset=windows-1251>" + FRENCH.encode()).endswith(FRENCH)


def test_a_few_broken_bytes_do_not_make_it_another_encoding() -> None:
    assert decode(FRENCH.encode() + b"\xff end") == FRENCH + "\ufffd end"


@pytest.mark.parametrize("name", [b"klingon", b"utf-16", b"x" * 60])
def test_a_declaration_that_cannot_be_true_is_passed_over(name: bytes) -> None:
    assert declared(b"<meta charset=" + name + b">") is None


@pytest.mark.parametrize("raw", [bytes(range(32)) * 4, b"\x00\x01\x02words", b"GIF\x00\x01"])
def test_what_is_no_text_is_known_as_binary(raw: bytes) -> None:
    assert is_binary(raw)


@pytest.mark.parametrize("raw", [b"plain\x0c page\x1a", RUSSIAN.encode("koi8-r"), codecs.BOM_UTF16_LE + b"a\x00"])
def test_text_of_any_kind_is_not_binary(raw: bytes) -> None:
    assert not is_binary(raw)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(raw: bytes) -> None:
    assert isinstance(decode(raw), str)
