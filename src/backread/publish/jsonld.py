"""What machines are told: schema.org NewsArticle with the IPTC digital source type. The same claims as the page."""

from __future__ import annotations

import json

from markupsafe import Markup

from backread.ledger.receipt import Kept
from backread.publish.listed import Told
from backread.publish.record import Outlet
from backread.publish.voice import Voice
from backread.values.source import Terms
from backread.values.statement import ClauseId, Statement

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def source_type(statement: Statement) -> str:
    """The IPTC digital source type that the statement proves; '' where it proves none."""
    ids = {clause.id for clause in statement.clauses}
    if ClauseId.AI in ids:
        edited = ids & {ClauseId.CHANGED, ClauseId.SUPPLIED, ClauseId.OWN_REPORTING}
        return _IPTC + ("compositeWithTrainedAlgorithmicMedia" if edited else "trainedAlgorithmicMedia")
    if ClauseId.RULE_FIELDS in ids:
        return _IPTC + "dataDrivenMedia"
    return _IPTC + "algorithmicMedia" if ClauseId.RULE_PROSE in ids else ""


def article(told: Told, outlet: Outlet, voice: Voice) -> dict[str, object]:
    """The NewsArticle of a story that stands."""
    record, address = told.record, f"{outlet.address}/{told.record.path}"
    kept = (s for s in record.sources if isinstance(s, Kept) and s.terms is not Terms.OWN)
    listed = [s.url for s in kept if s.url.startswith("http")]
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": told.headline,
        "description": told.summary,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": outlet.language,
        "datePublished": record.first_published.isoformat(),
        "dateModified": record.modified.isoformat(),
        "articleSection": outlet.topics[record.topic],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": f"{outlet.address}/"},
        "author": {"@type": "Organization", "name": outlet.name},
        "editor": [
            {"@type": "Person", "name": a.approver_name, "jobTitle": a.role} for a in record.approvals
        ],
        "publishingPrinciples": f"{outlet.address}/how-we-use-ai/",
        "correctionsPolicy": f"{outlet.address}/corrections/",
        "citation": listed,
        "creditText": " ".join(voice.words(clause) for clause in record.statement.clauses),
    }
    if kind := source_type(record.statement):
        found["digitalSourceType"] = kind
    if record.publication.correction:
        found["correction"] = {
            "@type": "CorrectionComment",
            "datePublished": record.modified.isoformat(),
            "text": record.publication.correction,
        }
    return found


def as_script(told: dict[str, object]) -> Markup:
    """The JSON for a data block in a page; no character in it can end the block."""
    text = json.dumps(told, ensure_ascii=False, indent=1)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - every character with a meaning in HTML was escaped above
