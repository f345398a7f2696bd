"""The `mabillon` command. Each subcommand is a few lines over the library; what it does not need, it does not import."""
