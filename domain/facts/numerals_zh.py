"""Chinese numerals as they are written in running text: patterns shared by the scanners."""

DIGITS = (
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|(?<![\d.])(?<![\d.] )\d{1,3}(?:[ ]\d{3}){1"
    r",3}(?:\.\d{1,6})?(?![\d.])(?=[ ]?[\u4e00-\u9fffPETGm%])|\d{1,15}(?:\.\d{1,8})?)"
)

HAN = (
    r"[零一二三四五六七八九十百千万亿两](?:[零一二三四五六七八九十百千万亿两]"
    r"|点(?=[零一二三四五六七八九])){0,11}"
)

SCALE = r"(?:(?!亿亿次)[十百千万亿]){0,3}"
