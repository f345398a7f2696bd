import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mabillon.citation import cited_levels, level_kinds, parse_citation, repository_name

CITATIONS = {
    "APRF, fond 45, opis 1, delo 335, list 3": "repository=APRF fonds=45 series=1 file=335 item=3",
    "APRF: F. 45, Op. 1, D. 331, Ll. 66-69.": "repository=APRF fonds=45 series=1 file=331 item=66-69",
    "АВП РФ. Ф. 059а. Оп. 5а. Д. 3. П. 11. Л. 88–89.": "repository=AVPRF fonds=059a series=5a box=11 file=3 item=88–89",
    "AVPRF F. 0102, Op. 14, P. 75, Delo 6, Listy 101-118.": (
        "repository=AVPRF fonds=0102 series=14 box=75 file=6 item=101-118"
    ),
    "APRF, Fond 45, Opis 1, Delo 336, List 131 and AVPRF, Fond 059a, Opis 5a, Delo 5, Papka 11, List 19": (
        "repository=APRF fonds=45 series=1 file=336 item=131"
    ),
    "TsKhSD, F. 89, Per. 45, Dok. 8.": "repository=RGANI fonds=89 series=45 file=8",
    "RG 59, Central Decimal File 795.00/9–3050": (
        "repository=NARA fonds=59 series=Central_Decimal_File file=795.00/9–3050"
    ),
    "Department of State, Central Files, POL 27 LAOS": (
        "repository=Department_of_State series=Central_Files file=POL_27_LAOS"
    ),
    "FO 371/84076": "repository=TNA fonds=FO series=371 file=84076",
    "FO 371/21732, C 8722/1941/18": "repository=TNA fonds=FO series=371 file=21732 item=C_8722/1941/18",
    "Schnitzler, B 68": "fonds=Schnitzler file=B_68",
    "National Archives, Nixon Presidential Materials, NSC Files, Box 573, Indo-Pak War, South Asia, 12/1/71–12/31/71": (
        "repository=NARA fonds=Nixon_Presidential_Materials series=NSC_Files box=573"
        " file=Indo-Pak_War,_South_Asia,_12/1/71–12/31/71"
    ),
    "MOL, XIX-J-1-j China, 1963, 61. doboz, 4/bf, 005722/1963": (
        "repository=MOL fonds=XIX-J-1-j series=1963 box=61 file=4/bf item=005722/1963"
    ),
    "Swiss Federal Archives, Bern, E 2001 (E), 1976/17, Bd. 81": (
        "repository=Swiss_Federal_Archives fonds=E_2001_(E) series=1976/17 box=81"
    ),
    "PRC FMA 106-01411-04, 18-19": "repository=PRC_FMA fonds=106 file=01411-04 item=18-19",
    "AMAE, fond Telegrams, New York 1971, vol. IV, f. 212-213": (
        "repository=AMFA_Bucharest fonds=Telegrams series=New_York_1971 box=IV item=212-213"
    ),
    "SUA, Prague, 02/2, sv. 120, ar.j. 151": "repository=SUA fonds=02/2 box=120 file=151",
    # not among the specimens
    "РГАСПИ. Ф. 558. Оп. 11. Д. 334. Л. 81": "repository=RGASPI fonds=558 series=11 file=334 item=81",
    "Central Intelligence Agency, Job 79-01025A, Box 151, Folder 4": (
        "repository=Central_Intelligence_Agency series=79-01025A box=151 file=4"
    ),
    "IO Files: Lot 55D323, Box 16515, Privileges and Immunities": (
        "fonds=IO_Files series=Lot_55D323 box=16515 file=Privileges_and_Immunities"
    ),
    "[1 paragraph not declassified]": "",
    "PREM 11/1344": "repository=TNA fonds=PREM series=11 file=1344",
    "PA AA, B 130, Bd. 8420": "repository=PA_AA fonds=B_130 box=8420",
    "Truman Library, PSF, Box 243, Korea": "repository=Truman_Library fonds=PSF box=243 file=Korea",
}


@pytest.mark.parametrize("text", CITATIONS)
def test_a_citation_is_read_into_levels(text: str) -> None:
    found = " ".join(f"{kind}={code.replace(' ', '_')}" for kind, code in parse_citation(text).items())
    assert found == CITATIONS[text]


def test_the_unit_word_is_kept_as_the_archive_says_it() -> None:
    assert [level.unit for level in cited_levels("APRF, fond 45, opis 1, delo 335")] == ["", "fond", "opis", "delo"]


def test_prose_after_the_archive_is_no_level() -> None:
    text = "Presidential Archive of the Russian Federation; copy handed to the Republic of Korea in June 1994"
    assert parse_citation(text) == {"repository": "APRF"}
    assert repository_name("APRF") == "Archive of the President of the Russian Federation"


@given(st.text(alphabet=st.sampled_from("APRF fond45.,;:/()-–оФЛ\n'\0"), max_size=80) | st.text(max_size=2000))
def test_any_text_gives_levels_in_order(text: str) -> None:
    kinds = list(parse_citation(text))
    assert kinds == [kind for kind in level_kinds() if kind in kinds]


PIECES = st.sampled_from(
    ["Memorandum No. 5", "Enclosures 3", "and 7.", "OS INDICES RESULTS:", "RG 59", "Box 12", "Folder", "Fond 45",
     "Opis 1", "Delo 335", "List 3-4", "Central Files", "Truman Library", "FO 371/84076", "1963", "Bd. 3",
     "4/bf", "AVP RF", ""]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=8), st.sampled_from([", ", "; ", ". ", " "]))
def test_whatever_stands_for_a_source_is_read_or_left(pieces: list[str], comma: str) -> None:
    assert all(code for _, code in parse_citation(comma.join(pieces)).items())
