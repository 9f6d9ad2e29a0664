"""What pages are made from, as digests: two builds with the same inputs make the same files."""

from __future__ import annotations

from backread.publish.listed import Told
from backread.publish.record import Outlet
from backread.values.canonical import Digest, canonical_digest, digest_of
from backread.values.publication import utc


def inputs_of(told: Told, outlet: Outlet, receipt: Digest) -> Digest:
    """The digest of everything a story's pages are made from."""
    record, gone = told.record, told.record.withdrawal
    return canonical_digest(
        {
            "contents": {part: digest_of(content) for part, content in record.contents.items()},
            "earlier": [
                [e.version, e.digest, utc(e.published), e.correction] for e in record.earlier
            ],
            "evidence": [
                [
                    e.sentence, str(e.standing), str(e.basis), e.by_name, e.reason, int(e.erased),
                    [[x.before, x.passage.text, x.after, str(x.passage.capture)] for x in e.excerpts],
                ]
                for e in record.evidence
            ],
            "first": record.first_published.isoformat(),
            "gone": [str(gone.kind), gone.by_name, gone.reason, utc(gone.at)] if gone else [],
            "media": sorted(record.media),
            "outlet": outlet_texts(outlet),
            "publication": record.publication.id,
            "receipt": receipt,
            "sources": [
                [s.leaf, int(s.is_erased)] for s in record.sources
            ],
            "statement": canonical_digest([c.canonical() for c in record.statement.clauses]),  # type: ignore[misc]
            "topic": record.topic,
        }
    )  # fmt: skip


def outlet_texts(outlet: Outlet) -> list[str]:
    """Everything of an outlet that any page may show."""
    texts = [outlet.id, outlet.name, outlet.address, outlet.responsible, outlet.place, outlet.timezone]
    topics = [text for pair in outlet.topics.items() for text in pair]
    return [*texts, outlet.report, outlet.language, *outlet.about, *topics]
