// The list of chats: newest first, with the last words, the time and what is unread.

import { avatar, byId, CLOCK, icon, make } from "./dom.js";
import { chatsInOrder, isFromBot, lastMessage, store, unreadInAll } from "./store.js";

export function showList(selected) {
  const focused = document.activeElement?.dataset?.chatId;
  byId("chats").replaceChildren(...chatsInOrder().map((chat) => row(chat, selected)));
  if (focused) byId("chats").querySelector(`[data-chat-id="${focused}"]`)?.focus();
}

function row(chat, selected) {
  const last = lastMessage(chat);
  const count = chat.id === selected ? 0 : unreadInAll(chat);
  const badge = count ? make("span", { class: "badge", "data-testid": "unread" }, String(count)) : null;
  badge?.setAttribute("aria-label", `${count} unread`);
  return make(
    "a",
    {
      class: "chat",
      href: `#${chat.id}`,
      "data-testid": "chat",
      "data-chat-id": chat.id,
      "aria-current": chat.id === selected ? "page" : null,
    },
    avatar(chat.id, chat.name),
    make(
      "span",
      { class: "chat-words" },
      make(
        "span",
        { class: "chat-top" },
        kindOf(chat),
        make("span", { class: "chat-name" }, chat.name),
        store.people.get(chat.id)?.operator ? make("span", { class: "tag" }, "operator") : null,
        make("time", { class: "chat-time" }, last ? shortTime(last.date) : ""),
      ),
      make(
        "span",
        { class: "chat-bottom" },
        make("span", { class: "chat-last" }, last ? preview(chat, last) : opening(chat)),
        badge,
      ),
    ),
  );
}

function kindOf(chat) {
  if (chat.type === "private") return null;
  return icon(chat.type === "channel" ? "channel" : "group");
}

function opening(chat) {
  return chat.started ? "nothing said yet" : "has not started the bot yet";
}

function preview(chat, message) {
  const words = wordsOf(message).replace(/\s+/gu, " ").slice(0, 90);
  if (chat.type === "channel") return words;
  const name = isFromBot(message) ? store.bot.first_name : message.from.first_name;
  return chat.type === "private" && isFromBot(message) ? words : `${name}: ${words}`;
}

export function wordsOf(message) {
  if (message.text) return message.text;
  if (message.photo) return ["Picture", message.caption].filter(Boolean).join(": ");
  if (message.document) return `File: ${message.document.file_name}`;
  return "";
}

function shortTime(seconds) {
  const when = new Date(seconds * 1000);
  const isToday = when.toDateString() === new Date().toDateString();
  if (isToday) return CLOCK.format(when);
  return new Intl.DateTimeFormat([], { day: "numeric", month: "short" }).format(when);
}
