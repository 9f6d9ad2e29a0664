"""Word lists that tell names from other capitalised words, and the titles before and after a person's name."""

from __future__ import annotations

import re

CLOSED = frozenset(
    ["a", "about", "above", "according", "across", "after", "again", "against", "all", "almost", "already", "also", "although", "always", "amid", "among", "an", "and", "another", "any", "anyone", "anything", "are", "around", "as", "asked", "at", "away", "back", "be", "because", "been", "before", "being", "below", "beside", "besides", "between", "both", "but", "by", "can", "cannot", "could", "despite", "did", "do", "does", "don't", "down", "during", "each", "earlier", "eight", "either", "eleven", "else", "even", "every", "everyone", "everything", "except", "few", "fewer", "fifteen", "fifty", "five", "following", "for", "forty", "four", "from", "further", "given", "had", "has", "have", "having", "he", "hence", "her", "here", "hers", "his", "how", "however", "hundred", "hundreds", "i", "i'm", "i've", "i'd", "if", "in", "indeed", "inside", "instead", "into", "is", "it", "it's", "its", "just", "last", "later", "least", "less", "like", "many", "may", "maybe", "me", "meanwhile", "might", "more", "moreover", "most", "much", "must", "my", "near", "nearly", "neither", "never", "nevertheless", "new", "next", "nine", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "often", "on", "once", "one", "only", "or", "other", "others", "otherwise", "our", "out", "outside", "over", "part", "perhaps", "please", "plus", "rather", "recently", "same", "say", "saying", "see", "several", "shall", "she", "should", "since", "six", "sixty", "so", "some", "someone", "something", "sometimes", "soon", "still", "such", "ten", "than", "thanks", "that", "that's", "the", "their", "them", "then", "there", "there's", "therefore", "these", "they", "they're", "this", "those", "though", "thousands", "three", "through", "throughout", "thus", "to", "today", "together", "tomorrow", "tonight", "too", "toward", "towards", "twelve", "twenty", "two", "under", "unless", "unlike", "until", "up", "upon", "us", "very", "was", "we", "we're", "well", "were", "what", "what's", "when", "where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yes", "yesterday", "yet", "you", "your", "you're", "dozens", "let", "let's", "ask", "call", "make", "take", "get", "go", "come", "look", "think", "know", "want", "need"]
)  # fmt: skip
"""Words that open a sentence without being a name, lower case."""

NOT_NAMES = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "american", "americans", "english", "spanish", "french", "german", "british", "russian", "chinese", "mexican", "canadian", "european", "african", "asian", "hispanic", "latino", "christian", "christians", "muslim", "muslims", "jewish", "jews", "catholic", "catholics", "islamic", "arab", "arabs", "republican", "republicans", "democrat", "democrats", "democratic", "internet", "web", "ok", "mr", "mrs", "ms", "dr", "gov", "sen", "rep", "sgt", "lt", "st", "president", "presidents", "congressman", "congresswoman", "senator", "senators", "governor", "mayor", "sheriff", "deputy", "commissioner", "commissioners", "council", "commission", "county", "city", "state", "town", "board", "department", "office", "a.m", "p.m", "am", "pm", "est", "edt", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "northern", "southern", "eastern", "western", "u.s", "us", "u.k", "god", "christmas", "thanksgiving", "easter",
     "utc", "gmt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "akst", "akdt", "hst", "hdt", "ast", "adt", "nst", "ndt", "sst", "chst",
     "bst", "cet", "cest", "eet", "eest", "aest", "aedt", "acst", "acdt", "awst", "nzst", "nzdt", "jst"]
)  # fmt: skip
"""Capitalised words that name nobody by themselves, lower case."""

WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
"""A pattern of the weekdays in full."""

_TITLE_WORDS = (
    "President|Vice President|Secretary|Deputy Secretary|Governor|Gov|Lieutenant Governor|Senator|Sen|Sens|Representative|Rep|Reps|"
    "Congressman|Congresswoman|Mayor|Vice Mayor|Commissioner|Commissioners|Councilman|Councilwoman|Councilmember|Council Member|Chair|Vice Chair|"
    "Chairman|Chairwoman|Chairperson|Sheriff|Undersheriff|Deputy|Chief|Captain|Capt|Lieutenant|Lt|Sergeant|Sgt|Detective|Officer|Trooper|"
    "General|Gen|Colonel|Col|Major|Maj|Admiral|Adm|Commander|Cmdr|Judge|Justice|Magistrate|Attorney|Prosecutor|Administrator|Manager|Director|"
    "Executive Director|Superintendent|Supt|Principal|Professor|Prof|Doctor|Dr|Mr|Mrs|Ms|Miss|Sir|Rev|Reverend|Pastor|Bishop|Pope|Father|"
    "King|Queen|Prince|Princess|Minister|Prime Minister|Ambassador|Spokesman|Spokeswoman|Spokesperson|Clerk|Treasurer|Auditor|Engineer|"
    "Analyst|Coach|Chancellor|Speaker|Leader|Architect|Officer|Editor|Reporter|Candidate|Coordinator|Inspector|Marshal|Ranger|Warden|Planner|"
    "Councillor|Councillors|Cllr|Alderman|Alderwoman|Selectman|Selectwoman|Assemblyman|Assemblywoman|Assemblymember|Supervisor|Supervisors|"
    "Trustee|Constable|Coroner|Comptroller|Solicitor|Barrister|Provost|Dean|Rector|Rabbi|Imam|Chaplain|Deacon|Firefighter|Paramedic|Lord|Lady|Dame|"
    "Battalion Chief|Fire Chief|Police Chief|Deputy Chief|Corporal|Cpl|Private|Pvt|Det|Historian|Member|Challenger|Landlord|Goalkeeper|Captains"
)
TITLES = rf"(?:{_TITLE_WORDS})\b"
"""A pattern of titles and roles; use IGNORECASE for descriptions in running words."""

ORGANISATIONS = re.compile(
    r"\b(?:Department|Authority|Commission|Commissioners|Council|Office|Board|Agency|Bureau|Committee|Association|Institute|University|College|"
    r"School|Schools|District|Court|Company|Inc|Corp|Corporation|LLC|Foundation|Center|Service|Services|Party|Union|Ministry|Bank|Times|Post|"
    r"Journal|News|Society|Club|Conference|Administration|Library|Hospital|Church|Senate|House|Congress|Act|Surveys|Group|Team|Force|Police)\b"
)
"""A pattern that tells an organisation's name."""

PLACES = re.compile(
    r"\b(?:County|Road|Street|Avenue|Lane|Drive|Boulevard|Square|Pike|Causeway|Bridge|River|Creek|Lake|Sound|Bay|Inlet|Harbor|Beach|Island|Key|"
    r"Park|Landing|Flats|Town|City|Village|Mount|Mountain|Valley|Point|Chamber|Hall|Plaza|Wharf|Ocean|Sea|Gulf|Pier|Jetty|Highway)\b"
)
"""A pattern that tells a place's name."""


ABBREVIATED_BODIES = {"National Weather Service": ("NWS",)}
"""Bodies and the short forms that they use themselves."""

ABBREVIATED_STATES = {
    "Alabama": ("Ala.",), "Arizona": ("Ariz.",), "Arkansas": ("Ark.",), "California": ("Calif.",), "Colorado": ("Colo.",),
    "Connecticut": ("Conn.",), "Delaware": ("Del.",), "Florida": ("Fla.",), "Georgia": ("Ga.",), "Illinois": ("Ill.",),
    "Indiana": ("Ind.",), "Kansas": ("Kan.",), "Kentucky": ("Ky.",), "Louisiana": ("La.",), "Maryland": ("Md.",),
    "Massachusetts": ("Mass.",), "Michigan": ("Mich.",), "Minnesota": ("Minn.",), "Mississippi": ("Miss.",), "Missouri": ("Mo.",),
    "Montana": ("Mont.",), "Nebraska": ("Neb.",), "Nevada": ("Nev.",), "New Hampshire": ("N.H.",), "New Jersey": ("N.J.",),
    "New Mexico": ("N.M.",), "New York": ("N.Y.",), "North Carolina": ("N.C.",), "North Dakota": ("N.D.",), "Oklahoma": ("Okla.",),
    "Oregon": ("Ore.",), "Pennsylvania": ("Pa.",), "Rhode Island": ("R.I.",), "South Carolina": ("S.C.",), "South Dakota": ("S.D.",),
    "Tennessee": ("Tenn.",), "Vermont": ("Vt.",), "Virginia": ("Va.",), "Washington": ("Wash.",), "West Virginia": ("W.Va.",),
    "Wisconsin": ("Wis.",), "Wyoming": ("Wyo.",), "United States": ("U.S.", "US", "America"), "U.S.": ("United States",),
    "United Nations": ("U.N.",), **ABBREVIATED_BODIES,
}  # fmt: skip
"""States and bodies, with the short forms that are printed for them."""
