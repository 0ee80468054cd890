"""The progress bar: for those who wait in a terminal, and only for them."""

import io
from contextlib import suppress

import pytest

from coopgraph.cli import bar
from coopgraph.progress import silent


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        """Say that somebody reads along."""
        return True


def impatient(monkeypatch) -> Terminal:
    """Sit somebody without patience at a terminal."""
    found = Terminal()
    monkeypatch.setattr("sys.stderr", found)
    monkeypatch.setattr(bar, "PATIENCE", 0.0)
    monkeypatch.setattr(bar, "PACE", 0.0)
    return found


@pytest.mark.parametrize(("lang", "word"), [("en", "Reading files"), ("vi", "Đọc tệp")])
def test_it_says_what_is_done_how_much_and_how_quickly(monkeypatch, lang, word):
    terminal = impatient(monkeypatch)
    with bar.bar(lang) as tell:
        for done in range(1, 5):
            tell("read", done, 4)

    assert word in terminal.getvalue()
    assert "4/4" in terminal.getvalue()
    assert ("a second" if lang == "en" else "mỗi giây") in terminal.getvalue()


def test_each_kind_of_work_has_its_own(monkeypatch):
    terminal = impatient(monkeypatch)
    with bar.bar("en") as tell:
        tell("read", 1, 2)
        tell("check", 1, 3)

    assert "1/2" in terminal.getvalue()
    assert "1/3" in terminal.getvalue()


def test_quick_work_shows_nothing(monkeypatch):
    terminal = impatient(monkeypatch)
    monkeypatch.setattr(bar, "PATIENCE", 60.0)
    with bar.bar("en") as tell:
        tell("read", 1, 2)

    assert terminal.getvalue() == ""


def test_an_interruption_gives_the_cursor_back(monkeypatch):
    terminal = impatient(monkeypatch)
    with suppress(KeyboardInterrupt), bar.bar("en") as tell:
        tell("read", 1, 2)
        raise KeyboardInterrupt

    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_nobody_is_told_when_quiet_or_in_a_pipe(monkeypatch):
    impatient(monkeypatch)
    with bar.bar("en", quiet=True) as tell:
        assert tell is silent
    monkeypatch.setattr("sys.stderr", io.StringIO())
    with bar.bar("en") as tell:
        assert tell is silent


@pytest.mark.parametrize("kind", ["read", "check", "sound", "load", "compare", "add", "remove"])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_every_kind_of_work_has_its_words(monkeypatch, lang, kind):
    terminal = impatient(monkeypatch)
    with bar.bar(lang) as tell:
        tell(kind, 1, 2)
        tell(kind, 2, 2)

    assert bar.WORDS[lang][kind] in terminal.getvalue()
    assert "2/2" in terminal.getvalue()


def test_it_does_not_move_at_every_small_step(monkeypatch):
    terminal = impatient(monkeypatch)
    monkeypatch.setattr(bar, "PACE", 60.0)
    with bar.bar("en") as tell:
        for done in range(1, 1001):
            tell("compare", done, 1000)

    assert (" 500/1000" in terminal.getvalue(), " 1000/1000" in terminal.getvalue()) == (False, True)
