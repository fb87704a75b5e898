// The open conversation: its head, topics, messages, and what stands in for them when it is empty.

import { bubble } from "./bubble.js";
import { byId, dressAvatar, make } from "./dom.js";
import { measureQuotes } from "./rich.js";
import { describe, messagesOf, store, unread } from "./store.js";

const SHOWN = 150;
const NEAR = 120; // pixels from the end that still count as reading the newest

export function showHead(chat) {
  dressAvatar(byId("room-avatar"), chat.id, chat.name);
  byId("room-name").textContent = chat.name;
  byId("open").dataset.chatId = chat.id;
  byId("open").dataset.type = chat.type;
  const out = ["kicked", "left"].includes(chat.bot_status);
  const button = byId("membership");
  button.textContent = membershipWords(chat, out);
  button.dataset.status = out ? "member" : "kicked";
  button.hidden = chat.type === "private" && !chat.started;
}

function membershipWords(chat, out) {
  if (chat.type === "private") return out ? "Unblock bot" : "Block bot";
  return out ? "Bring bot back" : "Remove bot";
}

export function showNote(chat, thread) {
  const until = store.actions.get(`${chat.id}/${thread}`) ?? 0;
  const busy = until > Date.now();
  const note = byId("room-note");
  note.classList.toggle("busy", busy);
  note.textContent = busy ? `${store.bot.first_name} is typing…` : noteOf(chat);
}

function noteOf(chat) {
  const out = ["kicked", "left"].includes(chat.bot_status);
  if (chat.type === "private") return out ? "has blocked the bot" : languageName(chat);
  if (out) return `${store.bot.first_name} is not here`;
  const inside = Object.values(chat.statuses).filter((s) => !["left", "kicked"].includes(s));
  const people = `${inside.length} ${chat.type === "channel" ? "subscribers" : "members"}`;
  return `${people} and ${store.bot.first_name} (${chat.bot_status})`;
}

function languageName(chat) {
  const code = store.people.get(chat.id)?.language_code ?? "en";
  return new Intl.DisplayNames(["en"], { type: "language" }).of(code);
}

export function showTopics(chat, thread, choose) {
  const bar = byId("topics");
  bar.hidden = !chat.is_forum;
  if (!chat.is_forum) return bar.replaceChildren();
  const topics = [{ id: 0, name: "General", color: 0x8e9aa4 }, ...chat.topics];
  bar.replaceChildren(...topics.map((topic) => tab(chat, topic, thread, choose)));
}

function tab(chat, topic, thread, choose) {
  const count = topic.id === thread ? 0 : unread(chat, topic.id);
  const dot = make("span", { class: "dot", "aria-hidden": "true" });
  dot.style.backgroundColor = `#${topic.color.toString(16).padStart(6, "0")}`;
  return make(
    "button",
    {
      type: "button",
      role: "tab",
      "aria-controls": "scroll",
      "aria-selected": String(topic.id === thread),
      "data-testid": "topic",
      "data-thread-id": topic.id,
      onclick: () => choose(topic.id),
    },
    dot,
    topic.name,
    topic.closed ? " (closed)" : null,
    count ? make("span", { class: "badge" }, String(count)) : null,
  );
}

let rendered = new Map(); // key of a line -> {signature, node}: what has not changed stays

export function showMessages(chat, thread, scene, { stay = false } = {}) {
  const scroll = byId("scroll");
  const wasNear = isNearEnd();
  const all = messagesOf(chat, thread);
  place(linesOf(all.slice(-SHOWN), chat, thread, scene));
  measureQuotes(byId("messages"));
  showWelcome(chat, all.length === 0);
  if (!stay || wasNear) scroll.scrollTop = scroll.scrollHeight;
  showDown();
}

function linesOf(messages, chat, thread, scene) {
  const lines = [];
  const where = `${chat.id}/${thread}/${scene.speaker?.id}`;
  let previous = null;
  for (const message of messages) {
    if (!previous || dayOf(message) !== dayOf(previous)) {
      lines.push([`${where}/day/${dayOf(message)}`, "", () => dayLine(message)]);
    }
    const before = sameDay(previous, message);
    const signature = JSON.stringify([message, before?.message_id, before?.date]);
    lines.push([`${where}/${message.message_id}`, signature, () => bubble(message, before, scene)]);
    previous = message;
  }
  return lines;
}

/** Puts the lines in place and leaves those alone that are there already: a reader's focus,
    unfolded quotes and what a screen reader has announced all stay. */
function place(lines) {
  const box = byId("messages");
  const next = new Map();
  let spot = box.firstChild;
  for (const [key, signature, build] of lines) {
    const known = rendered.get(key);
    const node = known?.signature === signature ? known.node : build();
    next.set(key, { signature, node });
    if (known && known.node !== node && known.node === spot) spot = spot.nextSibling;
    if (known && known.node !== node) known.node.remove();
    if (node === spot) spot = spot.nextSibling;
    else box.insertBefore(node, spot);
  }
  const kept = new Set([...next.values()].map((line) => line.node));
  for (const node of [...box.childNodes]) if (!kept.has(node)) node.remove();
  rendered = next;
}

/** `waiting`: a map with the keys "chat/message/data" of buttons that were pressed. */
export function showWaiting(waiting) {
  for (const key of byId("messages").querySelectorAll("[data-wait]")) {
    if (waiting.has(key.dataset.wait)) key.setAttribute("aria-busy", "true");
    else key.removeAttribute("aria-busy");
  }
}

function sameDay(previous, message) {
  return previous && dayOf(previous) === dayOf(message) ? previous : null;
}

function dayOf(message) {
  return new Date(message.date * 1000).toDateString();
}

function dayLine(message) {
  const when = new Date(message.date * 1000);
  const today = dayOf(message) === new Date().toDateString();
  const words = new Intl.DateTimeFormat([], { day: "numeric", month: "long" }).format(when);
  return make("li", { class: "service day" }, make("span", {}, today ? "Today" : words));
}

function showWelcome(chat, empty) {
  const box = byId("welcome");
  box.hidden = !empty;
  if (!empty) return;
  const person = store.people.get(chat.id);
  const about = describe(person) || "Nothing has been said here yet.";
  const title = chat.type === "private" ? store.bot.first_name : chat.name;
  box.replaceChildren(
    make("img", { src: "/page/icon.svg", alt: "", width: 72, height: 72 }),
    make("h3", {}, title),
    make("p", {}, chat.type === "private" ? about : "Nothing has been said here yet."),
  );
}

export function showFoot(chat, empty) {
  const waits = chat.type === "private" && empty;
  byId("start").hidden = !waits;
  byId("composer").hidden = waits;
}

export function showQuick(chat, say) {
  const rows = chat.reply_keyboard?.keyboard ?? [];
  const keys = rows.map((row) =>
    make(
      "div",
      { class: "keys" },
      ...row.map((key) => {
        const text = typeof key === "string" ? key : key.text;
        return make("button", { type: "button", class: "key", onclick: () => say(text) }, text);
      }),
    ),
  );
  byId("quick").hidden = keys.length === 0;
  byId("quick").replaceChildren(...keys);
}

/** Keeps the newest in sight while pictures load, quotes unfold or a keyboard slides in. */
export function stayAtEnd() {
  let pinned = true;
  const scroll = byId("scroll");
  scroll.addEventListener("scroll", () => {
    pinned = isNearEnd();
    showDown();
  }, { passive: true });
  const follow = new ResizeObserver(() => {
    if (pinned) scroll.scrollTop = scroll.scrollHeight;
  });
  follow.observe(scroll);
}

export function isNearEnd() {
  const scroll = byId("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
}

export function showDown() {
  byId("down").hidden = isNearEnd();
}
