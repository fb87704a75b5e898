// A text and its entities as nodes. Offsets count UTF-16 units, as strings in JavaScript do.

import { make } from "./dom.js";

const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
};

export function richText(text, entities = [], scene = {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, ordered, scene);
}

function nodes(text, start, end, entities, scene) {
  const built = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const stop = Math.min(entity.offset + entity.length, end);
    const inside = others.filter((other) => other.offset < stop);
    rest = others.filter((other) => other.offset >= stop);
    if (entity.offset < at || stop <= entity.offset) continue;
    built.push(text.slice(at, entity.offset));
    const children = nodes(text, entity.offset, stop, inside, scene);
    built.push(dress(entity, children, text.slice(entity.offset, stop), scene));
    at = stop + endsLine(entity, text, stop, rest);
  }
  built.push(text.slice(at, end));
  return built.filter((node) => node !== "");
}

/** A quote or a block ends its line by itself: the line break after it is not one more. */
function endsLine(entity, text, stop, rest) {
  const isBlock = ["blockquote", "expandable_blockquote", "pre"].includes(entity.type);
  return isBlock && text[stop] === "\n" && rest[0]?.offset !== stop ? 1 : 0;
}

function dress(entity, children, words, scene) {
  const kind = entity.type;
  if (kind in PLAIN_TAGS) return make(PLAIN_TAGS[kind], {}, ...children);
  if (kind === "text_link") return link(entity.url, children);
  if (kind === "url") return link(words, children);
  if (kind === "code") return code(words, scene);
  if (kind === "pre") return block(entity.language, words);
  if (kind === "spoiler") return spoiler(children);
  if (kind === "blockquote") return make("blockquote", {}, ...children);
  if (kind === "expandable_blockquote") return foldable(children);
  if (kind === "bot_command") return command(words, scene);
  if (kind === "date_time") return moment(entity, words, scene);
  return make("span", { class: `entity ${kind}` }, ...children);
}

export function webAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

function link(url, children) {
  const href = webAddress(url);
  if (href === null) return make("span", { class: "entity" }, ...children);
  return make(
    "a",
    { href, title: href, target: "_blank", rel: "noopener noreferrer" },
    ...children,
  );
}

function code(words, scene) {
  const copy = () => scene.copy?.(words);
  return make("code", { title: "Copy", tabindex: 0, onclick: copy, onkeydown: onEnter(copy) }, words);
}

function block(language, words) {
  const label = language ? make("span", { class: "language" }, language) : null;
  return make("pre", {}, label, make("code", {}, words));
}

function onEnter(act) {
  return (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  };
}

function spoiler(children) {
  const inner = make("span", { class: "hidden-words", "aria-hidden": "true" }, ...children);
  const show = () => {
    outer.classList.add("shown");
    outer.removeAttribute("aria-label");
    inner.removeAttribute("aria-hidden");
  };
  const outer = make(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: 0,
      "aria-label": "Hidden words: press to read",
      onclick: show,
      onkeydown: onEnter(show),
    },
    inner,
  );
  return outer;
}

function foldable(children) {
  const body = make("span", { class: "fold-body" }, ...children);
  const toggle = make(
    "button",
    { type: "button", class: "fold", "aria-expanded": "false", "data-testid": "expand" },
    "Show more",
  );
  const quote = make("blockquote", { class: "expandable", "data-testid": "quote" }, body, toggle);
  const flip = () => {
    const open = quote.classList.toggle("unfolded");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Show less" : "Show more";
  };
  quote.addEventListener("click", (event) => {
    if (event.target.closest("a, code, .spoiler")) return;
    if (quote.classList.contains("short") || String(getSelection())) return;
    flip();
  });
  return quote;
}

/** Quotes that are short enough need no folding; known only once they are in the page. */
export function measureQuotes(element) {
  for (const quote of element.querySelectorAll("blockquote.expandable:not(.measured)")) {
    const body = quote.querySelector(".fold-body");
    quote.classList.add("measured");
    quote.classList.toggle("short", body.scrollHeight <= body.clientHeight + 2);
  }
}

function command(words, scene) {
  if (!scene.say) return make("span", { class: "entity" }, words);
  return make("button", { type: "button", class: "in-text", onclick: () => scene.say(words) }, words);
}

function moment(entity, words, scene) {
  const when = new Date(entity.unix_time * 1000);
  const full = new Intl.DateTimeFormat(scene.locale, { dateStyle: "full", timeStyle: "short" });
  const shown = entity.date_time_format ? inWords(when, entity.date_time_format, scene) : words;
  return make("time", { datetime: when.toISOString(), title: full.format(when) }, shown);
}

function inWords(when, format, scene) {
  if (format === "r") return relative(when, scene.locale);
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { day: "numeric", month: "numeric", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/u.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (format.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(scene.locale, options).format(when);
}

function relative(when, locale) {
  const minutes = Math.round((when.getTime() - Date.now()) / 60000);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}
