"""Where the command line begins: nothing is imported before Ctrl-C has an answer."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit; stopped by Ctrl-C at any moment, with 130 and not a word."""
    try:
        from backread.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
