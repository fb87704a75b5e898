"""The words of giving and getting: what is given, from which pot, up to how much."""

import re

from domain.facts.rules import words as listed_words
from domain.text.sought import Sought

GIVING = listed_words("en", "giving_verbs")


HANDING = listed_words("en", "handing_verbs")


GETTING = listed_words("en", "getting_verbs")


GIVING_PHRASE = re.compile(
    r"\b(?:(?:set|put|lay|laid)(?:s|ting)? aside|take(?:s|n)? (?:over|home)|pencil\w* in"
    r"|ring-fenc\w+)\b",
    re.I,
)


COUNTS_ON = re.compile(
    r"\b(?:can|may|could|will) (?:\w+ )?(?:count on|expect|bank on|look forward to|reckon with)\s"
    r"(?:up to )?(?:[A-Z]{3}\s?)?\Z|\bin line for\s(?:[A-Z]{3}\s?)?\Z"
)
""" "Bases on the list | can count on 50 million yuan each"."""
FROM_PURSE = re.compile(
    r"(?: (?:each|apiece|a year))? from the (?:[\w-]+ )?(?:budget|treasury|purse|coffers"
    r"|exchequer)\b"
)
OFF_PRICE = re.compile(
    r"\s?(?:off|less for|less on)\s(?:the\s)?(?:[\w-]+\s){0,4}?(?:prices?|rents?|fees?|bills?"
    r"|tariffs?|charges?)\b"
)
""" "Takes 20 yuan | off the monthly price of every parking space"."""
PAID_IN_PARTS = re.compile(
    r"\s?of (?:the|its|their|this) (?:[a-z]+ )?(?:grant|subsidy|award|support|bonus|funds?"
    r"|money|sum"
    r"|amount|total|payment)\b[^,.;]{0,24}?\b(?:is|are|will be|shall be|being) (?:paid|transferred"
    r"|disbursed|released|wired|advanced)\b"
    r"|\s(?:at the (?:start|end|beginning)\b(?! of)|once (?:the|it|they|all)\b)"
)
""" "60 percent | of the grant is transferred within 15 days": the parts in which a sum is paid."""
THERE_IS = re.compile(
    r"\bthere (?:is|are|will be|is also) (?:an? )?(?:flat|further|separate|extra|additional"
    r"|one-?off)\b",
    re.IGNORECASE,
)


_MOVING_WORDS = (
    r"(?:raised|lifted|increased|doubled|tripled|cut|lowered|reduced|brought|trimmed|halved|adjusted"
    r"|drops?|falls?|rises?|goes up|went up|up(?= from))"
)
LIMIT_MOVED = re.compile(
    r"\b(?P<what>ceilings?|caps?|limits?|maximum|budgets?|pots?|pools?|quota|award|reward|subsidy"
    rf"|grant|bonus)\b[^,;.]{{0,50}}?\b{_MOVING_WORDS}\b[^;]{{0,50}}?\bto\s(?:[A-Z]{{3}}\s?)?\Z"
    rf"|\b(?:raises?|lifts?|{_MOVING_WORDS})\s(?:the|its|their)\s(?:[\w-]+\s)?"
    r"(?P<what2>ceiling|cap|limit|maximum|budget|pot|pool|quota)\b[^;]{0,70}?"
    r"\bto\s(?:[A-Z]{3}\s?)?\Z",
    re.IGNORECASE,
)
""" "Whose annual ceiling was lifted from 100 million to | 160 million": it stands since."""


STILL = listed_words("en", "promising_verbs")


CUTTING = listed_words("en", "cutting_verbs")


NO_BENEFIT = listed_words("en", "business_verbs")


BENEFIT = Sought(
    r"\b(?:grants?|subsid(?:y|ies)|rewards?|vouchers?|coupons?|awards?|bonus(?:es)?|prizes?"
    r"|allowances?|rebates?|discounts?|refunds?|relief|stipends?|incentives?|compensation"
    r"|waivers?|top-ups?|cash-?back|scholarships?|concessions?|assistance|support|funding"
    r"|reimbursements?|rewarding funds?"
    r"|(?:rent|rental|tax|price|fee) (?:reductions?|cuts?|exemptions?|breaks?|holidays?)"
    r"|(?:rent|travel|housing|relocation|moving|removal|seed|start-up|prize|living) (?:money|cash)"
    r"|start-up capital|tax credits?|tax deductions?|settling-in fees?"
    r"|matching funds?|lump[- ]sums?|(?:lump-sum|one-off|cash) payments?|rent[- ]free)\b",
    re.IGNORECASE,
)
"""What is given."""


LIMIT = re.compile(
    r"\b(?:up to|at (?:the )?most|maximum|max\b\.?|upper limit|ceilings?|limit(?:ed|s)?|caps?"
    r"|capped"
    r"|no more than|not more than|not exceed\w*|never (?:above|more than)|not above|within|highest"
    r"|lids?|(?:tops? out|ends?|peaks?|stops?(?: paying)?) at|as much as|cannot exceed"
    r"|may not exceed"
    r"|subject to a)\b",
    re.IGNORECASE,
)


LIMIT_BEHIND = re.compile(
    r"\s?(?:as (?:the|an?|its) (?:[a-z]+ )?(?=limit|ceiling|cap\b|maximum))?"
    r"(?:in (?:[\w-]+ ){1,4}?)?(?:annual |yearly |overall )?(?:(?:per|a|an|for each"
    r"|for every) (?:(?!for )\w+ ){1,3}){0,3}"
    r"(?:at (?:the )?most|maximum|max\b|ceiling|cap\b|limit|or less|tops\b)",
    re.IGNORECASE,
)


COST = re.compile(
    r"\s?(?:of|off|on|towards?)\s(?:[a-z'&-]+\s){0,6}?(?:costs?|fees?|prices?|expens\w+|expenditures?"
    r"|invoices?|bills?|rents?|rental|tuition|premiums?|principal|interest|outlays?|spend(?:ing)?|salar\w+"
    r"|wages?|charges?|purchases?|payments?|loans?|equipment|capital|contracts?|amounts?|rate"
    r"|investments?|value|tax\w*|sums?|inputs?|losses|losse?s?|what (?:they|it) (?:spend|pay)s?)\b",
    re.IGNORECASE,
)


RATE_BEHIND = re.compile(
    r"\s?(?:\w+ ){0,2}(?:subsid|discount|rebate|reimburs|refund|relief|off\b|waive[rd]|grant"
    r"|exempt|covered|reduction in (?:rent|fees|price))",
    re.IGNORECASE,
)


MOVES = listed_words("en", "moving_verbs")


CONDITION = re.compile(
    r"\b(?:revenues?|sales|spend(?:ing)?|spent|salar(?:y|ies)|turnover|contracts?"
    r"|registered capital|paid-in capital|income|output|investment|invested|capital|expens\w+"
    r"|purchas\w+|assets|valuation|order value|tax)\b",
    re.IGNORECASE,
)


EACH_OF = re.compile(
    r"\s?(?:/|(?:for each|for every|per|an?)\s)(?!(?:[\w-]+ ){0,2}?(?:company|applicant|firm"
    r"|years?|team|enterprise|project|person|month|start-?up|recipient|lab\w*|institution|student"
    r"|household|one|user|head|quarter|customer|unit\b|centre|center|winner|researcher)\b)[a-z]",
    re.IGNORECASE,
)


PAID_FOR_EACH = re.compile(
    r"\s(?:is|are|will be|shall be|can be) (?:\w+ )?"
    r"(?:paid|granted|awarded|given|offered|available) (?:for|per) (?:each |every )?(?=[a-z])"
    r"(?!(?:[\w-]+ ){0,2}?(?:compan|applicant|firm|team|enterprise|project|person|start-?up|year"
    r"|month))",
    re.IGNORECASE,
)


OTHER_RATE = re.compile(
    r"\b(?:utili[sz]ation|penetration|growth|populari[sz]ation|success|pass|employment|occupancy"
    r"|coverage|conversion|locali[sz]ation|adoption|vacancy) (?:rate|ratio|share)\b",
    re.IGNORECASE,
)


FURTHER = re.compile(
    r"(?:\A|\b(?:and|plus|then) )\s?(?:an?other|a further|an additional|an extra|a second)\s\Z",
    re.IGNORECASE,
)


LED_BY_EACH = re.compile(
    r"\b(?:for|per) (?:each|every) (?!(?:[\w-]+ ){0,3}?(?:company|applicant|firm|team|enterprise"
    r"|project|person|start-?up|recipient|institution|student|engineer|employee|graduate)\b)[a-z]",
    re.IGNORECASE,
)


GIVER = re.compile(
    r"\b(?:we|city|district|zone|area|province|county|town|governments?|authorit(?:y|ies)|bureau"
    r"|commission|committee|administration|ministry|department|state|fund|plan|polic(?:y|ies)"
    r"|measures?|scheme|program(?:me)?)\b",
    re.IGNORECASE,
)
"""Who gives public money."""


OF_PEOPLE = re.compile(
    r"\s?of (?:(?:all|the|its|their|our|these|those) ){0,2}(?:[\w-]+ ){0,2}?(?:them|compan\w+"
    r"|firms?|enterprises?|tenants?|applicants?|businesses|start-?ups|users|respondents|members)"
    r"(?=\s(?:have|has|had|were|are|say|use|get|now|already|\w+ed)\b|[.;]|$)",
    re.IGNORECASE,
)
"""A share of those who got something, and no rate."""


SCHEDULE = re.compile(
    r"\s?(?:(?:is|are|will be|to be) )?(?:(?:paid|disbursed|released) )?"
    r"(?:upon|on|after|at|when|once|following)\s(?:the )?(?:\w+ ){0,2}?"
    r"(?:approv\w+|accept\w+|sign\w+|complet\w+|deliver\w+|mid-?term)\b",
    re.IGNORECASE,
)
"""When a part of a sum is paid, and no rate."""


INSTALMENTS = re.compile(r"\b(?:instal+ments?|tranches) (?:of|:)", re.IGNORECASE)


REDUCED_RATE = re.compile(
    r"\b(?:reduced|effective|preferential|concessional|lower|special) (?:[a-z]+ ){0,2}?rate of \Z",
    re.IGNORECASE,
)


GROWTH = re.compile(
    r"\b(?:growth|increase|rise|gain|drop|decline|up|down|fall|margin|share)\b", re.IGNORECASE
)


OWN_THING = re.compile(r"\b(?:revenue|sales|salary|turnover|investment of|output)\b", re.IGNORECASE)


TO_SOMEBODY = re.compile(
    r"\b(?:gives?|given|giving|pa(?:y|ys|id|ying)|offers?|offered|provid\w+|hand\w*|gave)\s"
    r"(?:[a-z0-9-]+\s){0,5}?(?:us|them|compan|enterprise|firm|start-?up|business|team|lab|universit|institut"
    r"|graduate|expert|developer|applicant|researcher|tenant|user|buyer|manufactur|project|zone)",
    re.IGNORECASE,
)


TO_RECIPIENT = re.compile(
    r"\s(?:a year |annually |each )?(?:in (?:[\w-]+\s){1,3})?to (?:each |every |any |all )?"
    r"(?:[a-z-]+\s){0,4}?(?:compan(?:y|ies)|enterprises?|firms?|start-?ups?|teams?|laborator(?:y|ies)|labs?"
    r"|universit(?:y|ies)|institut\w+|graduates?|experts?|developers?|applicants?|researchers?|tenants?"
    r"|manufacturers?|zones?|winners?|hospitals?|schools?)\b",
    re.IGNORECASE,
)


SHARE = re.compile(
    r"\b(?:rate|proportion|ratio|percentage|share|intensity|subsidy|discount|rebate) "
    r"(?:is|was|will be|shall be|can be|may be|rises?)\b",
    re.IGNORECASE,
)


PARALLEL = re.compile(
    r"(?:and|while|but)\s(?:(?:[\w'-]+\s){1,8}?(?:at|by|with|receives?|gets?|is|are)\s\Z"
    r"|(?:the|those|a|an|any)\s(?:[\w'-]+\s){1,8}\Z)",
    re.IGNORECASE,
)
"""What goes on like the rate before it: "… at 15 percent, and the party that built it at …"."""


RAISED = re.compile(
    r"\b(?:increased|raised|lifted|brought|rises?|goes up|climbs?|falls?|drops?|lowered|cut)"
    r" to (?:up to )?\Z",
    re.IGNORECASE,
)


OWN_SHARE = re.compile(
    r"\b(?:co-?funding|own (?:funds|contribution|capital|share)|self-raised|threshold|requirements?"
    r"|conditions?|minimum (?:investment|spend|order|revenue))\b",
    re.IGNORECASE,
)
"""A label under which stands what the applicant has to bring."""


VALUED = re.compile(r"\s(?:\w+ ){0,2}to (?:us|me|them|it|him|her)\b")
"""What a thing is worth to somebody."""


PAID_FOR = re.compile(
    r"\s(?:a year |a month |annually )?(?:for|in) (?:electricity|power|rent|wages|salar\w+|taxe?s?"
    r"|fees|goods|water|land|compute|computing|chips|the (?:licen[cs]e|site|plant|stake|shares))\b",
    re.IGNORECASE,
)
"""What somebody pays for what he buys."""


PRICE = re.compile(r"\b(?:rents?|prices?|fees?|tax|tuition|tariffs?)\b", re.IGNORECASE)


LABEL = re.compile(
    rf"{BENEFIT.pattern}|\b(?:rates?|amounts?|rents?|payments?|standards?|ceilings?|caps?|maximum|max"
    r"|limits?|budgets?|pots?|pool|volume|share|intensity|benefits?|level|loans?|guarantees?|credit"
    r"|housing|cash|insurance|vouchers?|how much|what (?:you|we|they) (?:get|pay|offer|receive))\b",
    re.IGNORECASE,
)
"""A label under which a benefit's amount stands."""


NAMED_BEHIND = re.compile(
    r"\s?(?:one-?(?:off|time)\s)?(?:in|of|as an?|each in)?\s?(?:[\w-]+\s){0,3}?" + BENEFIT.pattern,
    re.IGNORECASE,
)


NOT_COVERED = re.compile(
    r"[^,.;]{0,40}?\b(?:(?:is|are|was|were|will|would|do|does|shall|may|can|must|need)\s?"
    r"(?:not|n't)|cannot|never)\s(?:be\s)?(?:\w+ly\s)?(?:considered|eligible|accepted|covered"
    r"|supported|qualif\w+|subsidi[sz]ed|count\w*|entertained|processed|funded|reimbursed|included"
    r"|apply|applied|admitted|taken into account|recogni[sz]ed|reach the bar)\b"
    r"|[^,.;]{0,40}?\b(?:is|are|will be|shall be)\s(?:excluded|ineligible|rejected|turned down"
    r"|disregarded|left out|ruled out|disqualified|out of scope|not eligible)\b",
    re.IGNORECASE,
)
"""What says that anything of this size gets nothing: "contracts below 100,000 yuan | are not"."""


LOAN_RATE = re.compile(
    r"\b(?:at|with|bearing|carrying|charging|charges?)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,3}?"
    r"(?:rates?|interest)\b[^,.;]{0,28}\Z"
    r"|\b(?:interest|lending|loan|borrowing|coupon|financing) rates?\b[^,.;]{0,32}\Z",
    re.IGNORECASE,
)
LENDING = Sought(
    r"\b(?:loans?|lend(?:s|ing|ers?)?|borrow\w*|credit lines?|bank credit|credits?|mortgages?)\b",
    re.IGNORECASE,
)
"""What a borrower pays for a loan is no rate of a benefit: "at rates no higher than 3.45%"."""


PER_ONE = re.compile(
    r"\s?(?:per|an?|for each|for any one|for every|/) (?:[a-z-]+ )?(?:compan|enterprise|firm"
    r"|applicant|maker|tenant"
    r"|team|person|user|project|start-?up|recipient|institution|household|lab|unit\b|borrower|operator"
    r"|developer|hospital|school|universit|buyer|customer|owner|graduate|researcher|employee|vendor)",
    re.IGNORECASE,
)
"""What one recipient gets: "RMB 600,000 | per maker"."""
