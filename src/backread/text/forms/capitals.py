"""What an alert typed in capitals says in plain words, written as sentences are.

Capitals hide which words are names, so only a sentence made of plain words that name nobody and nothing is told: what
to do, what the warning means. Any other word, a figure or a bare place leaves the sentence out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from backread.text.forms.base import capital, is_capitals
from backread.text.lexicon import CLOSED

_PLAIN_WORDS = """
    action actions advised affected afternoon air alert approach approaches area areas avoid battery beach beaches blowing body bodies
    boats branches bridge bridges building buildings burn caused causing cause caution check children close closed coast coastal cold
    conditions continue continued continues cover creek creeks current currents damage damaging danger dangerous dead deadly debris
    deep delay destroy develop door doors drainage drifting drink drive drivers driving drown drowning dry due dust early electricity
    elderly emergency emergencies equipment escape evacuate evacuation evening expected extreme extremely fall falling families family fast fatal
    feet fire fires flash flood flooded flooding floodwaters floods flow flowing flows fog forecast forecasts form forming freezing
    frequent frostbite frozen fuel get gusts gusty hail happening hazard hazardous hazards head health heat heavy hide high higher hill hills
    home homes hot hours hour house humidity hypothermia ice icy immediate immediately imminent indoors infants information injuries
    instructions intense interior isolated issued keep kill kit large leave leaves less life life-threatening lightning likely listen
    little local localized location locations long loose low lower low-lying main marine means minor mobile monitor morning motorists
    mountain mountains move moving mud mudslides near nearby night northward objects occur occurred occurring ocean officials outages outdoor
    outdoors overnight people persons pets pipes place plan plants possible potential potentially power precautions prepare prepared
    prevent prone property protect protection quickly radio rain rainfall rains range rapidly reach ready remain remains resident residents
    result rip rise rising risk river rivers road roads roadways rock rocks rocky roof room safe safety scattered season secure seek
    serious severe shelter shelters shore shower showers sign significant situation sleet slick slide slides slippery slow slowly
    small smoke snow soil soils spread spreading stay steep storm storms stream streams street streets strong strongest structures
    sturdy substantial sudden suddenly supplies surf surge swift swimmers take temperature temperatures terrain threat threats thunder thunderstorm
    thunderstorms tides tornado tornadoes torrential travel traveling travelers tree trees trips tsunami turn underpasses unnecessary
    unsecured upper urban urgent utility valleys vehicle vehicles very violent visibility warm warning warnings wash washed watch watches
    water waters wave waves weather wet wildfire wind windows winds winter workers young until passes pass late later issue issues
    lead leads additional totals midday remind reminded
"""
_PLAIN = CLOSED | frozenset(_PLAIN_WORDS.split())


_DAY = re.compile(r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening))\b")
"""Days and hours are seen from the alert's own day, which capitals leave no way to resolve."""

_SAYS = re.compile(
    r"\b(?:is|are|was|were|will|may|can|could|should|must|means|has|have)\b"
    r"|^(?:take|move|avoid|seek|stay|do|turn|monitor|be|get|go|leave|keep|evacuate|secure|check|listen|prepare|never|drive|travel)\b"
)
_BREAKS_OFF = re.compile(
    r"\b(?:for|the|of|and|or|to|in|at|a|an|following|through|until|with|by|from|on|area)$|^(?:and|or)\b"
)


def calm(words: str) -> str | None:
    """One sentence in capitals as plain words write it; None when a word of it could be a name or a figure."""
    text = re.sub(r"\s*\.{2,}\s*", ", ", words.strip().strip(".").strip())
    text = re.sub(r"\s+", " ", text)
    if not 3 <= len(text.split()) <= 40 or re.search(r"\d|[^\w\s,'’-]", text):
        return None
    if any(word not in _PLAIN for word in re.findall(r"[a-z]+(?:['’-][a-z]+)*", text.lower())):
        return None
    text = text.lower()
    if _DAY.search(text) or not _SAYS.search(text) or _BREAKS_OFF.search(text):
        return None
    return f"{capital(text)}."


def told(value: str) -> Iterator[str]:
    """The sentences of a field in capitals that can be told; none of a field that is not typed so."""
    return (found for sentence in _sentences(value) if (found := calm(sentence)) is not None)


def is_whole(value: str) -> bool:
    """Whether every sentence of a field in capitals can be told."""
    return all(calm(sentence) is not None for sentence in _sentences(value))


def _sentences(value: str) -> Iterator[str]:
    if not is_capitals(value):
        return
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*\*)|(?<=\.\.\.)\n|^\s*\.\.\.", value):
        for sentence in re.split(r"(?<!\.)\.(?!\.)(?:\s+|$)", paragraph):
            if re.search(r"\w", sentence):
                yield sentence.strip(" *\n")
