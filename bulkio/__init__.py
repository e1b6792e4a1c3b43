"""bulkio: a workbook becomes records in an e-conomic agreement, and an agreement becomes a workbook."""

__version__ = "0.1.0"
