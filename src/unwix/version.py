"""The version of unwix."""

__version__ = "0.1.0"
