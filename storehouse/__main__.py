"""Run: python -m storehouse (the same as the command `storehouse`)."""

from storehouse.cli import app

if __name__ == "__main__":
    app()
