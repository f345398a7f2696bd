"""The `mabillon` command. A subcommand is a few lines over the library, and imports only what it needs."""
