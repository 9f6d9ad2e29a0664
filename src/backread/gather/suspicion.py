"""Words that speak to a machine instead of a reader.

Such words are only flagged, never removed: an editor decides. A news story about AI does not speak to one.
"""

from __future__ import annotations

import re

from backread.gather.reading import visible

_MACHINE = r"(?:AI|A\.I\.|artificial intelligence|language model|LLM|chatbot|GPT|ChatGPT|Claude|Gemini|Copilot|assistant|summari[sz]er|crawler|bot)"
_ORDER = (
    r"(?:\w{0,2}nstructions?|prompts?|directions|commands|guidelines|rules|guardrails|context|directives?)"
)
_PATTERNS = (
    rf"\b(?:ignore|disregard|forget|override|bypass|overrule)\b[^.!?\n]{{0,40}}\b(?:previous|prior|above|earlier|preceding|all|any|your|these|those|the|other|system)\b[^.!?\n]{{0,30}}\b{_ORDER}\b",
    rf"\bignore\s+(?:{_ORDER}|the evidence)\b",
    rf"\b(?:note|message|notice|attention|context|instructions?|memo|reminder|important)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+)?(?:{_MACHINE}|automated)\b",
    rf"\b(?:dear|hey|hello|attention)[, ]+{_MACHINE}\b",
    rf"\b(?:you are|you're|act as|acting as|pretend (?:to be|you are)|behave as|roleplay as)\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:[\w-]+[\s,]+){{0,5}}{_MACHINE}\b",
    rf"\bif you(?:'re| are)\s+(?:an?\s+)?(?:[\w-]+\s+){{0,3}}{_MACHINE}\b",
    rf"\b{_MACHINE}s?(?:\s+(?:agents?|systems?|assistants?|models?|tools?|summari[sz]ers?|readers?|writers?))?\s*(?:reading|processing|summari[sz]ing|parsing)\s+this\b",
    rf"\b{_MACHINE}s?(?:\s+(?:agents?|systems?|assistants?|models?|tools?|summari[sz]ers?))?\s*(?::|,)?\s+(?:you\s+)?(?:must|should|please|are (?:instructed|required|asked|to))\b[^.\n]{{0,60}}\b(?:ignore|disregard|report|write|say|state|include|output|respond|reply|publish|approve|mention)\b",
    rf"\bnew {_ORDER}\s+for\b|\b(?:begin|start|end) (?:of )?(?:system|user) prompt\b|\b(?:your|the) system (?:prompt|message|instructions)\b",
    r"(?:^|\n)\s*(?:\*+\s*)?(?:SYSTEM|ASSISTANT|DEVELOPER|USER)\s*(?:PROMPT|MESSAGE|OVERRIDE|NOTE)?\s*:\s+\S|<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<</?SYS>>",
    r"\bdeveloper mode\b[^.\n]{0,40}\b(?:activated|enabled|on)\b|\bjailbreak\b[^.\n]{0,30}\bmode\b|\byou are now DAN\b|\bdo anything now\b",
    r"\b(?:every|any|each|the|your|all) (?:story|stories|article|summary|summaries|draft|drafts|sentence|headline)s?\b[^.\n]{0,50}\b(?:drafted|written|generated|produced|based)\b[^.\n]{0,30}\b(?:must|should|has to|have to)\b",
    r"\b(?:skip|without|bypass)\s+(?:the\s+)?(?:review|approval|checks?|fact-check)\b[^.\n]{0,60}\b(?:push|publish|home ?page|live|release)\b|\bpublish (?:this |it )?(?:without|immediately without) (?:review|approval)\b",
    r"\b(?:add|insert|include|append|place|put)\b[^.\n]{0,80}\b(?:to|in|into|at the (?:start|end) of)\s+(?:your|the first|the lead|the opening)\s+(?:reply|response|answer|summary|output|draft|story|sentence|paragraph|headline)\b",
    r"\b(?:modify|change|enhance|format|provide|write|begin|start|end|finish|rewrite|encode|translate|say|give)\s+(?:in\s+)?your (?:reply|response|answer|output|summary|message)\b",
    r"\bin(?:clude)? (?:this|the following) (?:link|sentence|text|statement) (?:in|verbatim)\b[^.\n]{0,40}\b(?:sentence|story|summary|article|headline|paragraph|draft)\b|\binclude this link\b",
    r"\bdo not (?:mention|reveal|disclose|print|show) (?:this|these|the) (?:note|instructions?|message|prompt)\b",
    r"\bdecode and (?:follow|execute|run|obey)\b|\b(?:repeat|print|reveal|output|show)\b[^.\n]{0,30}\b(?:system prompt|your (?:instructions|prompt)|unique identifier)\b",
    r"\"(?:verdict|sentence_id|headline|role)\"\s*:\s*\"[^\"]{0,80}\"[^\n]{0,80}[}\]]",
    r"忽略(?:之前|以上|先前|所有|前面)[^。\n]{0,10}(?:指示|指令|提示|说明)|ignora(?:r|d)?\s+(?:todas\s+)?(?:las|tus)\s+instrucciones|ignore[zr]?\s+(?:toutes\s+)?(?:les|vos)\s+instructions|(?:ignoriere|missachte)\w*\s+(?:alle\s+)?(?:vorherigen|bisherigen)\s+anweisungen",
)
_SPOKEN = tuple(re.compile(pattern, re.IGNORECASE if "SYSTEM|ASSISTANT" not in pattern else 0) for pattern in _PATTERNS)  # fmt: skip
_MOST = 400_000


def addresses_ai(words: str) -> bool:
    """Whether `words` give orders to a machine that reads them; invisible characters do not hide it."""
    seen = visible(words[:_MOST])
    return any(pattern.search(seen) for pattern in _SPOKEN)
