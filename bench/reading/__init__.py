"""How well Mabillon reads, and how fast: `python -m bench.reading --help`."""
