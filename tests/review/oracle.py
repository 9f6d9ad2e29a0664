"""A second opinion on which clauses are true, written from the table of docs: trust alone, in the plainest way.

It shares no line with review.statement, so that one of the two must be wrong where they differ.
"""

from __future__ import annotations

from review.histories import WORDS, History

Truths = list[tuple[str, tuple[object, ...]]]


def truths(history: History) -> Truths:
    """Each true clause as (id, what must be in it), sorted."""
    return sorted([*_made(history), *_acts(history)], key=repr)


def _made(history: History) -> Truths:
    record, found = history.record, []
    hands = [str(act.hand) for act in record.drafting]
    machines: list[str] = []
    for act in record.drafting:
        if str(act.hand) == "language model" and act.language_model and act.language_model not in machines:
            machines.append(act.language_model)
    publicly: dict[str, str] = {}
    for used in record.sources:
        if not used.own:
            publicly[used.capture] = used.name
    uncited = [used for used in record.sources if not used.own and not used.cited]
    sound = len(publicly) > 0 and len(uncited) == 0
    holding = [told for told in record.declarations if told.taken_back is False]
    confessed = [told.name for told in holding if told.ai != ""]
    silent = record.undeclared != 0
    clean = "language model" not in hands and confessed == [] and not silent
    if machines and sound:
        found.append(("S1", (tuple(machines), len(publicly))))
    if "rule from prose" in hands and clean and sound:
        tried = [act for act in record.drafting if act.fallback != ""]
        tried += [told for told in record.declarations if told.taken_back and told.ai != ""]
        found.append(("S1e", (len(publicly), 1 if tried else None)))
    if "rule from fields" in hands and clean and sound:
        names: list[str] = []
        for name in publicly.values():
            if name not in names:
                names.append(name)
        found.append(("S1d", (tuple(names),)))
    seen = []
    for told in holding:
        if told.name == "" or (told.name, told.ai) in seen:
            continue
        if told.ai == "" and (told.at_desk or silent or told.name in confessed):
            continue
        seen.append((told.name, told.ai))
        back = [other for other in record.declarations if other.taken_back and other.ai != ""]
        found.append(("S1p", (told.name, told.ai, 1 if back and told.ai == "" else None)))
    if record.brief_by != "":
        found.append(("S1b", (record.brief_by,)))
    own: list[str] = []
    for used in record.sources:
        if used.own and used.cited and used.reporter != "" and used.reporter not in own:
            own.append(used.reporter)
    if own:
        found.append(("S1o", (tuple(own),)))
    if "language model" in hands and "S1" not in [id_ for id_, _ in found]:
        found = []
    if [told for told in holding if told.ai != "" and told.name == ""]:
        found = []
    left, changed = list(record.first), 0
    for sentence in record.final:
        if sentence in left:
            left.remove(sentence)
        else:
            changed += 1
    if changed > 0:
        found.append(("S3", (changed, len(record.final))))
    if record.on_word > 0:
        found.append(("S3t", (record.on_word,)))
    return found


def _acts(history: History) -> Truths:
    good = [a for a in history.approvals if a.digest == WORDS and a.signature != ""]
    good.sort(key=lambda a: a.approved_at)
    people: list[str] = []
    first = []
    for approval in good:
        if approval.approver not in people:
            people.append(approval.approver)
            first.append(approval)
    found: Truths = []
    if first:
        saw = [a for a in first if a.reviewed]
        lead = saw[0] if saw else first[0]
        date = lead.approved_at.astimezone(_zone()).strftime("%Y-%m-%d")
        brief = any(id_ == "S1b" for id_, _ in _made(history))
        found.append(("S2a" if saw and not brief else "S2b", (lead.approver_name, "editor", date)))
        found += [("S2t", (a.approver_name,)) for a in first if a is not lead]
        if history.single and len(first) == 1:
            found.append(("S2s", ()))
    found += [("S4", (c.words,)) for c in history.corrections]
    all_own = len(first) > 0 and all(str(a.level) == "A" for a in first)
    found.append(("S5", ("" if all_own else history.record.outlet,)))
    return found


def _zone() -> object:
    import zoneinfo

    return zoneinfo.ZoneInfo("America/New_York")
