"""`python -m mabillon` is the `mabillon` command."""

from mabillon.cli.main import main

main()
