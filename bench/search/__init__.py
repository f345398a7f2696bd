"""Search measured beside what others do with the same corpus, in one run: `python -m bench.search [COUNT]`."""
