"""Where the command line begins: nothing is imported before Ctrl-C has an answer."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Run the command line and exit; stopped by Ctrl-C, with 130 or by the signal itself, and not a word.

    While modules load, and once the answer stands, the system ends the program: what is imported could swallow a
    KeyboardInterrupt, and what is left to tidy up would tell it as a traceback.
    """
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Two processes that each multiply on every core wait for one another; one thread each was over four times as fast there.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from backread.cli import main as run

    try:
        try:
            if heard:
                signal.signal(signal.SIGINT, signal.default_int_handler)
            run()
        finally:
            if heard:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
