"""``python -m tenderscore`` is the command."""

from tenderscore.cli import run

if __name__ == "__main__":
    run()
