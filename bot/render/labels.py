"""What the values of the facts contract are called when people are spoken to."""

from bot.language import later

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
