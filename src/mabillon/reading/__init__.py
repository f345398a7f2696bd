from mabillon.reading.read import read

__all__ = ["read"]
