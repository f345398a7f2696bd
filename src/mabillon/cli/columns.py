"""`mabillon columns`: the dry run of a table."""

from __future__ import annotations

from pathlib import Path

import click

from mabillon.cli.options import complain


@click.command(
    epilog="""\b
Examples:
  mabillon columns letters.csv
  mabillon columns letters.csv && mabillon ingest --archive cables letters.csv

What the columns hold is said in a file beside the table, letters.mapping.yaml:

\b
  columns:
    Absender: sender
    Empfänger: recipient
    Datum: date
    Abschrift: text
  constant:
    language: de

Without one, columns with English names (date, from, to, title, text, ...) are known by them. A row that cannot be read
is named, and the exit status is then 1.
"""
)
@click.argument("table", metavar="TABLE", type=click.Path(path_type=Path, dir_okay=False))
def columns(table: Path) -> None:
    """Show what a CSV would be read as, column by column, and what does not fit; nothing is taken in."""
    from mabillon.errors import SourceError
    from mabillon.source import open_source, survey_table

    survey = survey_table(table)
    said = f"as {survey.mapping} has them" if survey.mapping else "known by their own names"
    click.echo(f"{survey.rows:,} rows; columns {said}")
    wide = max((len(column.name) for column in survey.columns), default=0)
    for column in survey.columns:
        click.echo(f"  {column.name:{wide}}  {column.field or '-':12}  {column.filled:>9,}  {column.example}".rstrip())
    for name, value in survey.constant.items():
        click.echo(f"  {'':{wide}}  {name:12}  {'every row':>9}  {value}")
    try:
        documents = sum(1 for _ in open_source(table))
    except SourceError as error:
        complain(str(error))
        raise click.exceptions.Exit(1) from error
    click.echo(f"{documents:,} documents would be read")
