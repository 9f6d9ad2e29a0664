"""The word lists of `attribution`, each with the reason why its words need somebody who says them.

They are frozen, and small on purpose: a word that straight news uses of plain facts ("tragic crash", "ambitious plan",
"controversial", "finally") is left out, because an alarm on it would be a false one more often than not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Words of one kind, with what an editor is told of them. `why` is for whoever changes the list."""

    name: str
    message: str
    why: str
    pattern: re.Pattern[str]


def _any(words: str) -> re.Pattern[str]:
    """Whole words or phrases, parted by bars; a space in a phrase may be a hyphen."""
    phrases = [re.sub(r"[ -]", r"[\\s-]", phrase.strip()) for phrase in words.split("|")]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)


BLAME = Group(
    name="blame",
    message="whose view is “{}”? Name who says so, or take it out",
    why="They judge. Nobody can look up whether a rule is draconian; somebody thinks so.",
    pattern=_any(
        "sensible|common sense|long overdue|ill conceived|ill advised|misguided|foolish|foolhardy|short sighted|shortsighted"
        "|disgraceful|shameful|outrageous|appalling|deplorable|despicable|heinous|monstrous|barbaric|vile|heartless|callous"
        "|ruthless|draconian|hypocritical|cowardly|greedy|inept|bungled|farcical|laughable|absurd|ridiculous|ludicrous"
        "|wasteful|job killing|heavy handed|witch hunt|power grab|tyrannical|nonsensical|reprehensible|unconscionable"
        "|scandalous|pointless|senseless|disastrous|insulting|brazen|reckless vote|reckless decision|reckless plan|reckless policy"
        "|reckless cut|reckless cuts|reckless spending|crooked|a pack of lies"
    ),
)
PRAISE = Group(
    name="praise",
    message="whose praise is “{}”? Name who says so, or take it out",
    why="They praise. A release has them in every line, and a reporter has measured none of them.",
    pattern=_any(
        "visionary|game changing|game changer|world class|state of the art|cutting edge|transformative|one of a kind|top notch"
        "|unparalleled|unrivaled|unrivalled|second to none|best in class|breathtaking|awe inspiring|magnificent|picture perfect"
        "|enchanting|idyllic|picturesque|heartwarming|inspirational|unforgettable|much needed|badly needed|well deserved"
        "|hard earned|industry leading|market leading|unwavering|tireless|tirelessly|selfless|selflessly|priceless|stellar"
        "|exemplary|wonderful|amazing|incredible|fantastic|brilliant|gorgeous"
    ),
)
FLORID = Group(
    name="florid",
    message="“{}” is adornment that no source says: take it out",
    why="They adorn. Machines write so, and nothing in them can be checked.",
    pattern=_any(
        "testament to|beacon of|beacon for|rich tapestry|tapestry of|new dawn|ushered in|usher in|ushers in|healing old wounds"
        "|heals old wounds|healing wounds|breathe new life|breathes new life|breathing new life|heart and soul|stands as a"
        "|new era of|new chapter for|bright future|brighter future|sense of community|spirit of unity|spirit of resilience"
        "|indomitable spirit|soft glow|amber glow|golden glow|nestled in|nestled among|nestled between|rich history|hidden gem"
        "|transformative era|turning heads|winds of change|a stark reminder|a powerful reminder|a poignant reminder"
        "|underscores the|underscoring the|highlights the importance|highlighting the importance"
    ),
)
ADVERBS = Group(
    name="aside",
    message="“{}” is our own aside: name who says so, or take it out",
    why="They tell the reader how to take the news.",
    pattern=_any(
        "bravely|wisely|foolishly|shamelessly|cynically|rammed through|caved to|caved in to|makes perfect sense|everyone agrees|nobody disputes|no one disputes"
        "|thankfully|unfortunately|regrettably|mercifully|shamefully|inexcusably|needless to say|undoubtedly|without a doubt"
        "|rightly|rightfully|sadly|disgracefully|laughably|predictably enough|as everyone knows|it is clear that|there is no doubt"
    ),
)
DUTY = Group(
    name="duty",
    message="whose view is it that somebody “{}”? Name who says so, or take it out",
    why="They say what ought to be. Advice to the public (“residents should boil water”) is left alone: an office gives it.",
    pattern=re.compile(
        r"\b(?:ha(?:s|ve) no (?:place|business) (?:in|on|at)|(?:made|is|was) the (?:right|wrong) (?:decision|call|choice|move)|did the right thing|what (?:it|he|she|they) should have|deserves? (?:better|praise|credit|blame|more|nothing|the)|enough is enough|(?:is|was) high time"
        r"|owes? (?:it to|the (?:people|public|town|city|county))|cannot be allowed to"
        r"|(?<!if )(?<!whether )(?:council|board|commission|city|county|state|government|mayor|governor|lawmakers|legislators|voters|officials|leaders) (?:should|must|ought to) "
        r"(?:act|stop|listen|resign|apologi[sz]e|think|do|reject|rethink|step|wake|learn|answer for))\b",
        re.IGNORECASE,
    ),
)
OPINIONS = (BLAME, PRAISE, FLORID, ADVERBS, DUTY)
"""What no outlet says in its own voice."""

EFFECT = re.compile(
    r"\b(?:(?:will|would|is going to|are going to|is sure to|promises to) (?:\w+ )?(?:boost|improve|transform|revitali[sz]e|strengthen|ensure|hurt|harm|destroy|cripple|devastate"
    r"|solve|enhance|save(?! (?:about |up to |at least |more than |nearly |some )?[$£€\d])|poison|ruin|punish|reward|make (?:\w+ ){1,4}(?:safer|better|worse|healthier|quieter|cleaner|stronger|fairer|poorer|richer|easier|harder|weaker|greener|whole))"
    r"|poisons?|ruins?|destroys?|cripples?|endangers?|strangles?)\b",
    re.IGNORECASE,
)
"""Effects promised or feared. Alone they are news ("the bridge will help traffic" may stand in a plan)."""

BOASTS = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|\w+[’']s) (?:(?:single|very) )?(?:leading|premier|finest|foremost|best) [a-z]\w*\b"
    r"|\b[Aa] (?:gift to|giveaway|mistake|disaster|travesty|blessing|boon|disgrace|betrayal|nightmare|joke|waste of|godsend|no-brainer|menace|slap in the face|wake-up call|step (?:forward|backward|in the right direction))\b"
    r"|\b[Aa]n (?:insult|eyesore|outrage|embarrassment|overreach|attack on)\b"
)
"""Praise that may be measured ("the best record") and blame that may be plain ("a mistake in the count"); only looked at
where a source has somebody say it, in these words."""

BLAMES = re.compile(
    r"\b(?P<blame>lied|misled|deceived|cheated|covered up|bribed|bribes|pocketed|squandered|mismanaged|bullied|harassed|discriminated|retaliated|intimidated|falsified"
    r"|fabricated|rigged|sabotaged|embezzled|neglected|abused|violated|attracts? crime|attracted crime|drags? down|dragged down|kickbacks|broke the law|acted illegally|stole"
    r"|caused (?:\w+[’']?s? ){0,4}(?:deaths?|injury|injuries|crash))\b",
    re.IGNORECASE,
)
"""Words that blame somebody. Only looked at where a source has somebody say it."""

LITERAL = re.compile(
    r"(?i)brazen (?:robbery|theft|burglary)|\bcommon[\s-]sense media|rich history museum|senseless(?=ly)|rightly or wrongly"
)
"""Where a listed word is part of a plain thing or a name."""

ATTRIBUTED = re.compile(
    r"\baccording to\b|\bin the (?:view|words|opinion|eyes) of\b|\badded(?:[.,]| that)|, (?:\w+ )?added\b|\bhopes? (?:to|that)\b|\bfears? that\b"
    r"|\breports? that\b|\bviews? \w+ as\b|\bdemands? that\b|\bpromis(?:e|es) (?:to|that)\b|\bprais(?:es|ed|ing)\b|\breads:|\bwant(?:s|ed) to know\b|\bspoke (?:highly )?of\b|\bportray\w*\b|\bquot(?:ed|ing)\b|\bworr(?:y|ies|ied) (?:that|about|the)\b"
    r"|\b(?:said|says|say|saying|told|tells|telling|wrote|writes|writing|testif\w+|argu(?:e|es|ed|ing)|claim(?:s|ed|ing)?|contend(?:s|ed)?|call(?:s|ed|ing)?|describ(?:e|es|ed|ing)"
    r"|believ(?:e|es|ed|ing)|think(?:s|ing)?|thought|warn(?:s|ed|ing)?|noted|noting|estimat(?:e|es|ed)|reported|announc(?:e|es|ed|ing)|insist(?:s|ed|ing)?"
    r"|predict(?:s|ed)?|promised|hoped|hoping|labell?ed|dubbed|deem(?:s|ed)?|considered|criticiz(?:e|es|ed|ing)|criticis(?:e|es|ed|ing)"
    r"|denounc(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|blam(?:es|ed|ing)|complain(?:s|ed|ing)?|ask(?:s|ed|ing)?|stated|viewed|feared|feels?|felt|urg(?:e|es|ed|ing)|thank(?:s|ed|ing)"
    r"|concluded|acknowledg(?:e|es|ed)|concede[sd]?|suggest(?:s|ed)|assert(?:s|ed)|remarked|joked|expects?|expected|accus(?:e|es|ed|ing)|alleg(?:e|es|ed|ing|edly))\b",
    re.IGNORECASE,
)
"""That somebody says it, in the copy's or a source's own words."""

BELIEVED = re.compile(
    r"(?i)\b(?:believes?|suspects?|thinks?|alleges?|claims?|contends?|(?<!is )(?<!are )(?<!was )(?<!were )(?:believed|suspected|alleged|claimed|contended)) (?:that|the|a|an|it|he|she|they|his|her|its|their)\b"
    r"|\b(?:is|are|was|were) (?:believed|thought|suspected|alleged|rumou?red) to\b|, (?:[\w’'-]+ ){1,4}(?:believe|believes|suspect|suspects|think|thinks|allege|alleges)\W*\Z"
)
"""That a source holds it to be so, and does not know it."""

_SPEAK = r"(?:say|said|argue|argued|see|contend|contended|believe|believed|view|consider|considered|counter|countered|point out|pointed out|warn|warned|fear|feared|worry|worried|think|question|questioned|call|called|regard|maintain|maintained|complain|complained|feel|felt|slam|slammed|blast|blasted|decry|decried|criticize|criticized|criticise|criticised|oppose|opposed|object|objected|praise|praised|applaud|applauded|hail|hailed|denounce|denounced)"
_MEANWHILE = (
    r"(?:,? (?:however|meanwhile|also|now|still|have|had|long|often|widely|would|might|may|could)\b,?){0,3}"
)
CROWDS = re.compile(
    r"(?<!\bthe )(?<!\btwo )(?<!\bthree )(?<!\bother )\b(?P<crowd>(?P<critics>critics|opponents|detractors|skeptics|sceptics|naysayers|doubters)|(?P<knowing>observers|experts|analysts|insiders|commentators|historians|scholars|economists|pundits)|(?P<supporters>supporters|advocates|proponents|activists|backers|defenders|admirers|sympathi[sz]ers|apologists))"
    rf"(?: (?:of|in|on|from|who) [^,.;“”\"]{{1,40}}?)?{_MEANWHILE}\s{_SPEAK}\b"
    rf"|(?:\A|[:;.,—–] ?|\b(?:but|and|while|though|although|as|that|what|are|from|by) )(?P<some>some(?: people| residents| locals)?|many(?: people| residents| locals)?|others|those who|some who|many who)(?: in (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+){{0,2}})?{_MEANWHILE}\s{_SPEAK}\b"
    r"|\b(?P<it>it is (?:widely |generally |commonly |often )?(?:said|believed|thought|feared|considered|argued|understood|rumou?red))\b"
    r"|\b(?P<seen>(?:regarded|seen|viewed|considered|described|hailed|remembered) by (?:some|many|others|most|critics|experts|observers|supporters|historians) as|(?:has|have|had) been (?:widely |often )?(?:called an?|described as|criticized as|hailed as|praised as|denounced as)(?! [^.]{0,60}\bby\b)|in the (?:eyes|view|opinion) of (?:some|many|others|most)|(?<!\w )to (?:some|many)(?=,))\b"
    r"|\b(?P<views>(?:other|opposing|alternative|both) (?:views|sides|perspectives))\s?:",
    re.IGNORECASE,
)
"""A crowd that speaks: nobody can be asked whether it did."""
