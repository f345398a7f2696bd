"""Which zone each line belongs to: a linear-chain conditional random field over the features of the lines.

The model is trained by `python -m mabillon.form.train`; as in GROBID, layout and wording cues of a line and of its
neighbours are the features, and the probability of a zone is its marginal.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path

import pycrfsuite

from mabillon.form.features import Prepared, prepare
from mabillon.parts import PartLine
from mabillon.text import Line, Text

_FIGURES = re.compile(r"\d+")
MODEL = "zones.crfsuite"
_FIXED = {"metadata": "metadata"}
"""Regions whose reader knows what they are: their zone is not the model's to decide."""


class Zoner:
    """Labels lines with a trained model."""

    def __init__(self, model: bytes) -> None:
        self._model = model  # the tagger reads from these bytes and does not keep them alive
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def label(self, prepared: Prepared) -> list[PartLine]:
        """Return the lines of `prepared` with zones and their probabilities, in text order, margins as furniture."""
        found = [_furniture(line) for line in prepared.margin]
        found += [PartLine(line.index, line.start, line.end, line.text, "body", 0.5) for line in prepared.between]
        if prepared.lines:
            self._tagger.set(prepared.features())
            zones = self._tagger.tag()
            for position, (line, zone) in enumerate(zip(prepared.lines, zones, strict=True)):
                probability = self._tagger.marginal(zone, position)
                fixed = next((_FIXED[kind] for kind in prepared.layout[position] if kind in _FIXED), None)
                if fixed is not None:
                    zone, probability = fixed, 1.0
                cues = prepared.cues[position]
                found.append(PartLine(line.index, line.start, line.end, line.text, zone, probability, cues))
        if prepared.margin or prepared.between:
            found.sort(key=lambda line: line.start)
        _mend(found)
        _mend_subject(found)
        return found


_TELLING = {"cite": "addressing", "date-time-group": "apparatus"}
"""Cues that a stretch of misread letters around a line cannot outweigh: they are never furniture where they are new."""


_MISTAKEN = frozenset({"footnote", "body", "signature", "masthead", "reference"})
"""Zones that the first note of an edition, `1. Source: …`, is taken for."""


_CAPTIONED = frozenset({"masthead", "addressing", "participants", "reference", "heading", "dateline", "body"})


def _mend_subject(lines: list[PartLine]) -> None:
    """Where a line is the caption of a subject and nothing else, the line below it is the subject."""
    for caption, line in zip(lines, lines[1:], strict=False):
        alone = "label-subject" in caption.cues and len(caption.text.split()) == 1
        if alone and line.zone in _CAPTIONED and len(line.text) < 200 and "label-recipient" not in line.cues:
            caption.zone = line.zone = "subject"
            line.probability = 0.9


def _mend(lines: list[PartLine]) -> None:
    """Set right what one cue settles: an edition's note on its source; a cite or date-time group that no line before
    it has, among lines that a scan has misread."""
    said: set[str] = set()
    for line in lines:
        if "source" in line.cues and line.zone in _MISTAKEN and not line.cues.isdisjoint(("footnote", "enumerated")):
            line.zone, line.probability = "source-note", 0.9
        for cue, zone in _TELLING.items():
            if cue in line.cues:
                figures = max(_FIGURES.findall(line.text), key=len, default="")
                if figures and figures not in said and line.zone == "furniture":
                    line.zone, line.probability = zone, 0.5
                said.add(figures)


def _furniture(line: Line) -> PartLine:
    return PartLine(line.index, line.start, line.end, line.text, "furniture", 0.9, frozenset({"margin"}))


@cache
def zoner() -> Zoner:
    """Return the zoner with the model that ships with Mabillon, or with the one that MABILLON_ZONES names.

    So an archive whose papers are of a kind of their own can train and use its own model.
    """
    own = os.environ.get("MABILLON_ZONES")
    return Zoner(Path(own).read_bytes() if own else resources.files(__package__).joinpath(MODEL).read_bytes())


def zone_lines(text: Text) -> list[PartLine]:
    """Return the lines of `text` that are not blank, with zones."""
    return zoner().label(prepare(text))
