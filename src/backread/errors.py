"""Every exception the engine raises on purpose, in one tree.

    BackreadError                     base: the thing, the step, the next move
    ├── BadInput                      what the caller handed in cannot be used
    ├── GatherError                   a source could not be read
    │   ├── Refused                   the outbound gate or robots said no; nothing was fetched
    │   └── Unreachable               the other side did not answer well in time
    ├── ArchiveError                  a capture cannot be kept or read again
    ├── DraftError                    a drafter could not deliver
    │   └── BadReply                  a language model's reply did not fit the schema
    ├── NotAllowed                    a move that the rules of review refuse
    ├── PublishError                  a file was not written, and why
    ├── LedgerError                   an entry could not be written, or a chain does not hold
    └── ConfigError                   a setting is missing or wrong

Bad news about a story (a wrong number, an invented quote) is a value, a `Finding`, never an exception.
"""

from __future__ import annotations


class BackreadError(Exception):
    """A machine, a file or a rule stood in the way.

    `thing` is what it was about, `step` what was being done, `hint` the next move. `str()` gives one
    clear sentence that a person can act on.
    """

    def __init__(self, thing: str, *, step: str, hint: str = "") -> None:
        self.thing, self.step, self.hint = thing, step, hint
        super().__init__(f"{thing}: could not {step}." + (f" {hint}" if hint else ""))


class BadInput(BackreadError):
    """What the caller handed in cannot be used as it is."""


class GatherError(BackreadError):
    """A source could not be read."""


class Refused(GatherError):
    """The outbound gate, or the site's robots rules, said no. Nothing of the body was kept."""


class Unreachable(GatherError):
    """The other side did not answer, or not well, within the limits."""


class ArchiveError(BackreadError):
    """A capture cannot be kept, or cannot be read again as it was seen."""


class DraftError(BackreadError):
    """A drafter could not deliver a draft."""


class BadReply(DraftError):
    """A language model's reply did not fit the schema, or named passages that do not exist."""


class NotAllowed(BackreadError):
    """A move that the rules of review refuse; `hint` says what would be allowed."""


class PublishError(BackreadError):
    """A file was not written. What stood there before stands there still."""


class LedgerError(BackreadError):
    """An entry could not be written, or what is written does not hold."""


class ConfigError(BackreadError):
    """A setting is missing or wrong."""
