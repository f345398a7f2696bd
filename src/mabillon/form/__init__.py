"""Text → Parts: which zone each line belongs to, where documents and enclosures begin and end."""

from mabillon.form.split import split

__all__ = ["split"]
