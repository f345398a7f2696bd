"""Cables that never were, of services that did: any number, from a seed, with the truth about each.

`generate(count, seed)` yields texts with the records that a perfect reader would make of them. The words of the bodies
follow the statistics of the specimens (which word follows which); names and code words follow Zipf's law without end,
so that the vocabulary of a large corpus grows as a real one's does. `python -m bench.corpus DIR COUNT` writes them as
files, each with its truth beside it in the form of the specimens' gold files.
"""

from bench.corpus.generate import Generated, generate

__all__ = ["Generated", "generate"]
