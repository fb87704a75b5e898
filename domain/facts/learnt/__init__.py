"""What a mention is, learnt from labelled articles: a second opinion beside the rules.

`signs` are what is seen around a mention, `weights` what each sign speaks for, `opinion` the two
put together, and `verdict` what the rules and the opinion come to (docs/decisions/0017).
"""
