"""How each command is typed: shown below its --help, and tried against it by the tests."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "run": ("pilotwatch run", "TELEGRAM_BOT_TOKEN_FILE=/run/secrets/token pilotwatch run"),
    "sandbox": ("pilotwatch sandbox --port 8081",),
    "read": (
        "pilotwatch read notice.html",
        "pilotwatch read https://example.org/notice.html --json",
        "pilotwatch read - --published 2025-08-28 < notice.txt",
        "pilotwatch read articles.jsonl --batch > readings.jsonl",
    ),
    "group": ("pilotwatch group < articles.jsonl > stories.jsonl",),
    "worker": ("WORK_BACKEND=procrastinate pilotwatch worker --at-once 4",),
    "front": ("WORK_BACKEND=procrastinate HTTP_PORT=8443 pilotwatch front",),
    "source": (
        "pilotwatch source add https://example.org/news/ --yes",
        "pilotwatch source list --json",
        "pilotwatch source remove 3",
    ),
    "poll": ("pilotwatch poll --once", "pilotwatch poll --once --json"),
    "search": (
        "pilotwatch search 成都 算力 since:30d",
        "pilotwatch search '\"pilot zone\" voucher* type:measure' --limit 50",
    ),
    "digest": ("pilotwatch digest --chat 123456789 --preview",),
    "reprocess": ("pilotwatch reprocess", "pilotwatch reprocess --since 2026-11-01"),
    "export": (
        "pilotwatch export facts --format csv --output facts.csv",
        "pilotwatch export deadlines | jq '.[].subject'",
        "pilotwatch export everything --output all.zip",
    ),
    "import": ("DATABASE_URL=postgresql://USER:PASSWORD@HOST/NAME pilotwatch import all.zip",),
    "import-opml": ("pilotwatch import-opml subscriptions.opml",),
    "export-opml": ("pilotwatch export-opml sources.opml",),
    "migrate": ("pilotwatch migrate",),
    "backup": ('pilotwatch backup "/backups/pilotwatch-$(date +%F)"',),
    "restore": (
        "pilotwatch restore /backups/pilotwatch-2026-11-23",
        "pilotwatch restore /backups/pilotwatch-2026-11-23 --yes --since-then seen",
    ),
    "webhook": ("pilotwatch webhook", "pilotwatch webhook --remove"),
    "health": ("pilotwatch health",),
    "doctor": ("pilotwatch doctor",),
}


def epilog(name: str) -> str:
    """Return what stands below a command's help; click leaves lines after \\b as they are."""
    lines = EXAMPLES.get(name, ())
    return "\n".join(("\b", "Examples:", *(f"  {one}" for one in lines))) if lines else ""
