"""What one question may take, and what is said when it takes more."""

from typing import NamedTuple

from coopgraph.errors import QueryError


class Limits(NamedTuple):
    """Seconds of time, and megabytes of memory beside what the open graph takes."""

    seconds: float = 60.0
    megabytes: int = 2000

    def late(self) -> QueryError:
        """Say that a question took too long."""
        return QueryError(
            f"the question took longer than {self.seconds:g} s and was ended; ask for less, e.g. with LIMIT, or allow"
            " more with --time-limit",
            f"câu hỏi chạy quá {self.seconds:g} giây nên đã bị dừng; hãy thu hẹp, ví dụ bằng LIMIT, hoặc tăng"
            " --time-limit",
        )

    def large(self) -> QueryError:
        """Say that a question took too much memory."""
        return QueryError(
            f"the question needed more than {self.megabytes} MB of memory and was ended; ask for less, or allow more"
            " with --memory-limit",
            f"câu hỏi cần hơn {self.megabytes} MB bộ nhớ nên đã bị dừng; hãy thu hẹp, hoặc tăng --memory-limit",
        )
