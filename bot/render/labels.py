"""What the values of the facts contract are called when people are spoken to."""

from bot.language import later, later_plural
from domain.highlights import Section

TYPES = {
    "policy_document": later("Documents"),
    "measure": later("Measures"),
    "target": later("Targets"),
    "metric": later("Figures"),
    "investment": later("Investments"),
    "event": later("Events"),
    "deadline": later("Deadlines"),
}

TIERS = {
    "official": later("official"),
    "interpretation": later("official interpretation"),
    "state_media": later("state media"),
    "media": later("media"),
    "reprint": later("reprint"),
}

KINDS = {
    "feed": later("feed"),
    "json_feed": later("JSON feed"),
    "list": later("list page"),
    "json": later("JSON list"),
    "search": later("search (discovery only)"),
}

COMPARATORS = {
    "gt": later("more than {amount}"),
    "ge": later("at least {amount}"),
    "lt": later("less than {amount}"),
    "le": later("up to {amount}"),
    "approx": later("about {amount}"),
}

STATUSES = {
    "in_progress": later("under way"),
    "planned": later("planned"),
    "target": later("target"),
    "forecast": later("forecast"),
    "draft": later("draft"),
    "negated": later("denied"),
}
"""Only what changes how a figure is read; `achieved` and `in_force` go without saying."""

TIMES = {
    "as_of": later("as of {time}"),
    "horizon": later("by {time}"),
    "event": later("{time}"),
    "effective": later("in force from {time}"),
    "expiry": later("valid until {time}"),
    "deadline": later("until {time}"),
    "period": later("during {time}"),
}

EVENTS = {
    "announced": later("Announced"),
    "issued": later("Issued"),
    "launched": later("Launched"),
    "approved": later("Approved"),
    "signed": later("Signed"),
    "construction_started": later("Construction started"),
    "completed": later("Completed"),
    "in_operation": later("In operation"),
    "took_effect": later("Took effect"),
    "held": later("Held"),
    "established": later("Established"),
}

DEADLINES = {
    "application": later("Apply by {time}"),
    "comment": later("Comment by {time}"),
    "review": later("Review by {time}"),
    "submission": later("Submit by {time}"),
    "objection": later("Object by {time}"),
}

INVESTMENTS = {
    "total": later("total investment"),
    "completed": later("invested so far"),
    "signed": later("signed"),
    "fund_size": later("fund size"),
    "raised": later("raised"),
}

INSTRUMENTS = {
    "subsidy": later("Subsidy"),
    "voucher": later("Voucher"),
    "award": later("Award"),
    "grant": later("Grant"),
    "loan": later("Loan support"),
    "fund": later("Fund"),
    "rent": later("Rent relief"),
    "tax": later("Tax relief"),
    "service": later("Service"),
    "other": later("Support"),
}

AMOUNTS = {
    "pool": later("programme {amount}"),
    "cap": later("cap {amount}"),
    "fixed": later("{amount}"),
    "per_unit": later("{amount} for each"),
    "rate": later("{amount} of {base}"),
    "threshold": later("condition: {amount}"),
}

PERIODS = {
    "once": later("{amount} once"),
    "year": later("{amount} a year"),
    "project": later("{amount} a project"),
    "total": later("{amount} in total"),
}

STAGES = {
    "draft": later("draft for comment"),
    "issued": later("issued"),
    "revised": later("revised"),
    "repealed": later("repealed"),
}

DOCUMENT_STATUSES = {
    "draft": later("draft for comment"),
    "announced": later("issued, in force"),
    "in_force": later("in force"),
    "expired": later("expired, was in force"),
    "repealed": later("repealed"),
    "issued": later("issued"),
    "unknown": later("status not known"),
}
SHORT_STATUSES = {
    **DOCUMENT_STATUSES,
    "announced": later("not yet in force"),
    "expired": later("expired"),
}
STATUS_MARKS = {
    "draft": "✏️",
    "announced": "🕓",
    "in_force": "✅",
    "expired": "⌛",
    "repealed": "⛔",
    "issued": "📢",
    "unknown": "❔",
}

RELATIONS = {
    "implements": later("carries out"),
    "repeals": later("repeals"),
    "cites": later("cites"),
}
RELATED = {
    "implements": later("carried out by"),
    "repeals": later("repealed by"),
    "cites": later("cited by"),
}

STEPS = {
    "policy": later("carried out by"),
    "rules": later("detailed rules"),
    "notice": later("call for applications"),
    "list": later("list of recipients"),
    "interpretation": later("official reading"),
}

CHANGED = {
    "announced": later("announced"),
    "number": later("number"),
    "stage": later("status"),
    "issued_on": later("date of issue"),
    "effective_on": later("in force from"),
    "expires_on": later("valid until"),
}

ROLES = {
    "pool": later("programme budget"),
    "rate": later("rate"),
    "cap": later("cap"),
    "fixed": later("amount"),
    "per_unit": later("for each"),
    "threshold": later("condition"),
}

BANDS = {
    "core": later("about the topic"),
    "adjacent": later("near the topic"),
    "off": later("off the topic"),
}
BAND_MARKS = {"core": "⭐", "adjacent": "☆", "off": "–"}

SIGNALS = {
    "place": later("place"),
    "zone": later("zone"),
    "subject": later("subject"),
    "rival": later("another city"),
    "above": later("province or nation"),
    "company": later("a company"),
    "policy": later("industry words"),
    "act": later("policy words"),
    "colour": later("passing colour"),
}
"""The groups of `domain.signals`, by which the judgement names its reasons."""

WAITS = {
    "backlog": later("it was there when the source was first read"),
    "band": later("it is only near the topic"),
    "age": later("it was published more than three days before"),
}
OBJECTIONS = {
    "barred": later("operators left out “{word}” for everybody"),
    "exclude": later("“{word}” is a word that is never wanted here (/settings words)"),
    "tier": later("nobody as near to the original as is wanted here tells it (/settings sources)"),
    "language": later("it is in another language than is wanted here (/settings articles)"),
    "minimum": later("it is less relevant than is wanted here (/settings minimum)"),
    "kinds": later("it has nothing of the kinds that are wanted here (/settings kinds)"),
    "include": later("none of the words that are wanted here is in it (/settings words)"),
    "level": later("it has no document, measure or deadline (/settings alerts)"),
    "muted": later("it came while this chat was muted (/settings mute)"),
    "verdict": later("it was called not relevant here"),
    "nothing_new": later("there was nothing new, and silence is wanted then (/settings silent)"),
}
WAYS = {
    "sent": later("delivered"),
    "owed": later("on its way"),
    "late": later("too late to be news, or told in a digest"),
    "failed": later("it could not be delivered"),
    "not_asked": later("not asked for here; /subscribe changes that"),
    "waits": later("it waits for the digest"),
    "left_out": later("none, it was left out"),
    "in_digest": later("the next one holds it"),
    "held": later("it waits until the quiet hours end"),
    "filtered": later("what is set here keeps it out"),
}

FOLLOWS = {
    "document": later("document"),
    "body": later("body"),
    "place": later("place"),
    "programme": later("programme"),
    "term": later("term"),
}

POINTS = {
    "target": later("target"),
    "forecast": later("forecast"),
    "planned": later("planned"),
}
"""What did not come true yet; what did goes without saying."""

FIELDS: dict[str, str] = {
    "title": later("title"),
    "text": later("text"),
    "published": later("date"),
    "publisher": later("publisher"),
}
"""Of an article, as `Article.origins` names them."""

ORIGINS: dict[str, str] = {
    "feed": later("its source’s list"),
    "page": later("its own page"),
    "trafilatura": later("its own page"),
}
"""Where these were found; what else there is (a page's meta tags) is named as it is called."""

CHATS: dict[str, str] = {
    "private": later("private chat"),
    "group": later("group"),
    "supergroup": later("group"),
    "channel": later("channel"),
}

TOPICS: dict[str, str] = {"chengdu-ai": later("Chengdu AI pilot zone")}
"""By the names of their files; another one is called by that."""

REFUSALS: dict[str, str] = {
    "no_address": later("it has no http:// or https:// address"),
    "twice": later("it is in this file twice"),
    "kind": later("its kind “{word}” is not known"),
    "tier": later("its tier “{word}” is not known"),
    "too_long": later("its {word} is longer than 500 characters"),
    "charset": later("its encoding “{word}” is not known"),
    "timezone": later("its time zone “{word}” is not known"),
    "fields": later("its fields are not written as they should be"),
}
"""Why a line of an OPML file is not taken over (`sources.opml.Refusal.code`)."""


SECTION_MARKS: dict[Section, str] = {
    "documents": "📄",
    "deadlines": "⏰",
    "measures": "💰",
    "figures": "🎯",
    "news": "📰",
}
"""What stands before a headline: a heading above it would take a line of its own."""
SECTIONS_MANY: dict[Section, tuple[str, str]] = {
    "documents": later_plural("{number} document", "{number} documents"),
    "deadlines": later_plural("{number} deadline", "{number} deadlines"),
    "measures": later_plural("{number} with measures", "{number} with measures"),
    "figures": later_plural("{number} with figures", "{number} with figures"),
    "news": later_plural("{number} other", "{number} others"),
}

INDICATORS = {
    "compute_capacity": later("Compute capacity"),
    "industry_scale": later("Industry scale"),
    "enterprises": later("Enterprises"),
    "growth": later("Growth"),
    "utilisation": later("Utilisation"),
    "area": later("Area"),
    "employees": later("Employees"),
    "projects": later("Projects"),
    "institutions": later("Institutions"),
    "patents": later("Patents"),
    "models": later("Models"),
    "scenarios": later("Scenarios"),
}
"""What a figure is of, where its own name cannot be read or written."""
