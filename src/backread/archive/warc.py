"""WARC 1.1, in and out: one capture one response record in its own gzip member (the form itself: `backread.warc`)."""

from backread.warc import record_bytes, records

__all__ = ["record_bytes", "records"]
