"""From zoned parts to records: one module for each question that an editor asks of a document."""

from mabillon.parts import Part
from mabillon.reading.calibration import calibrate
from mabillon.reading.read import read as read_uncalibrated
from mabillon.record import Record

__all__ = ["read", "read_uncalibrated"]


def read(part: Part) -> Record:
    """Return the record of `part`, its enclosures nested. Findings are not drawn here: see `mabillon.checks`."""
    record = read_uncalibrated(part)
    calibrate(record)
    return record
