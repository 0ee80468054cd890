"""What a person can put right; everything else is a bug and keeps its traceback.

CoopgraphError
├── SourceError     a curated file cannot be read, or the data has violations
├── OntologyError   the ontology does not say what the loader needs to know
├── QueryError      a question or a piece of SPARQL is wrong or not allowed
├── NotFoundError   no such entity, question, document or format
└── StoreError      the graph on disk is missing, locked or damaged; a server does not do what it should
    └── UnreachableError  a server did not answer, or the connection broke: trying again may help
"""


class CoopgraphError(Exception):
    """A problem with a clear remedy; its text is one line for the person, in English and in Vietnamese."""

    def __init__(self, en: str, vi: str = "") -> None:
        super().__init__(en)
        self.vi = vi

    def show(self, lang: str) -> str:
        """Give the one line in a language; what has no Vietnamese words is told in English."""
        text = self.vi if lang == "vi" and self.vi else str(self)
        return " ".join(text.split())


class SourceError(CoopgraphError):
    """A curated file cannot be read, or what was read does not hold together."""


class OntologyError(CoopgraphError):
    """The ontology lacks something that the loader needs."""


class QueryError(CoopgraphError):
    """A question or a piece of SPARQL is wrong, or not allowed here."""


class NotFoundError(CoopgraphError):
    """Nothing here bears that name."""


class StoreError(CoopgraphError):
    """The graph on disk, or on a server, cannot be opened or written."""


class UnreachableError(StoreError):
    """A server did not answer, or the connection broke before the answer was complete."""
