"""Addresses of servers and who asks them: nothing secret leaves unasked, unencrypted or in a message."""

import pytest

import fakes
import servers
from coopgraph.errors import StoreError
from coopgraph.stores import address
from fakes import ROWS, ask

SECRET = "rất-bí-mật"


def test_credentials_go_along_only_when_asked_for(fake, monkeypatch):
    monkeypatch.setenv(address.USER, "an")
    monkeypatch.setenv(address.PASSWORD, SECRET)
    ask(fake)
    fake.reply = lambda on: (
        on.give(200, ROWS) if on.headers["Authorization"] else on.give(401, b"", WWW_Authenticate='Basic realm="x"')
    )

    assert ask(fake) == 500
    assert ["Authorization" in headers for _, _, headers, _ in fake.asked] == [False, False, True]


def test_credentials_that_are_refused_are_not_told(fake, monkeypatch):
    monkeypatch.setenv(address.USER, "an")
    monkeypatch.setenv(address.PASSWORD, SECRET)
    fake.reply = lambda on: on.give(401, b"no", WWW_Authenticate='Basic realm="x"')

    with pytest.raises(StoreError) as told:
        ask(fake)

    assert SECRET not in str(told.value) + told.value.vi
    assert len(fake.asked) == 2


def test_credentials_may_stand_in_a_netrc_file(fake, monkeypatch, tmp_path):
    file = tmp_path / "netrc"
    file.write_text(f"machine {servers.HOST} login an password {SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    fake.reply = lambda on: (
        on.give(200, ROWS) if on.headers["Authorization"] else on.give(401, b"", WWW_Authenticate='Basic realm="x"')
    )

    assert ask(fake) == 500


def test_a_netrc_file_with_a_mistake_is_named_and_not_quoted(fake, monkeypatch, tmp_path):
    file = tmp_path / "netrc"
    file.write_text(f"maschine {servers.HOST} login an password {SECRET}\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(file))
    fake.reply = lambda on: on.give(401, b"", WWW_Authenticate='Basic realm="x"')

    with pytest.raises(StoreError, match="netrc cannot be read") as told:
        ask(fake)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "url", ["http://an:geheim@localhost/q", "https://an:geheim@x.org:port/q", "http://geheim@localhost/"]
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url):
    with pytest.raises(StoreError, match="password") as told:
        address.read(url)
    assert "geheim" not in str(told.value) + told.value.vi


def test_other_machines_are_asked_over_https_only_unless_that_is_allowed(monkeypatch):
    monkeypatch.setenv(address.USER, "an")
    monkeypatch.setenv(address.PASSWORD, SECRET)
    monkeypatch.delenv(address.PLAIN, raising=False)
    with pytest.raises(StoreError, match="without encryption"):
        address.read("http://data.example.org/sparql")

    monkeypatch.setenv(address.PLAIN, "1")

    assert address.credentials(address.read("http://data.example.org/sparql")) is None
    assert address.credentials(address.read("https://data.example.org/sparql")) == ("an", SECRET)
    assert address.credentials(address.read("http://[::1]:8890/sparql")) == ("an", SECRET)


@pytest.mark.parametrize(
    "url",
    ["", "localhost:7878", "ftp://x.org/", "file:///etc/passwd", "http://", "http://x.org/a b", "https://x.org:99999/"],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(StoreError, match="no address"):
        address.read(url)


@pytest.mark.parametrize(
    ("asked", "server", "told"),
    [
        ("http://localhost:7878/query", "Oxigraph/0.5", "http://localhost:7878/update"),
        ("http://localhost:3030/coop/query", "", "http://localhost:3030/coop/update"),
        ("http://localhost:3030/coop/sparql", "Apache Jena Fuseki (5.2.0)", "http://localhost:3030/coop/update"),
        ("https://x.org/repositories/coop", "GraphDB", "https://x.org/repositories/coop/statements"),
        ("https://x.org/rdf4j-server/repositories/coop", "", "https://x.org/rdf4j-server/repositories/coop/statements"),
        ("http://localhost:8890/sparql", "Virtuoso/07.20", "http://localhost:8890/sparql-auth"),
        ("https://x.amazonaws.com:8182/sparql", "", "https://x.amazonaws.com:8182/sparql"),
        ("https://x.org/coop/query", "", "https://x.org/coop/update"),
    ],
)
def test_where_updates_go_follows_from_the_address(asked, server, told):
    assert str(address.updating(address.read(asked), server)) == told


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_our_own_can_be_named(fake, tmp_path, monkeypatch):
    own = fakes.certificate(tmp_path)
    with fakes.running(own) as secure:
        with pytest.raises(StoreError, match=r"certificate of 127\.0\.0\.1:[0-9]+ is not trusted"):
            ask(secure)
        monkeypatch.setenv("SSL_CERT_FILE", str(own))

        assert ask(secure) == 500
