"""Collation: two versions of one document laid side by side, sentence by sentence and word by word."""

from mabillon.collation.align import Bead, align
from mabillon.collation.differences import Collation, Difference, collate
from mabillon.collation.sentences import Sentence, sentences
from mabillon.collation.words import Run, compare_words

__all__ = ["Bead", "Collation", "Difference", "Run", "Sentence", "align", "collate", "compare_words", "sentences"]
