// One message: its words, files and buttons.

import { avatar, CLOCK, hueOf, icon, make } from "./dom.js";
import { richText, webAddress } from "./rich.js";
import { isFromBot, store } from "./store.js";

const TALLEST = 384; // pixels of a picture among messages

/** `scene`: {chat, speaker, locale, say, press, copy, view} */
export function bubble(message, previous, scene) {
  if (message.forum_topic_created) return service(message);
  const own = !isFromBot(message) && message.from.id === scene.speaker?.id;
  const follows = sameSender(message, previous);
  const classes = ["message", own ? "own" : "other", follows ? "follows" : "first"];
  return make(
    "li",
    {
      class: classes.join(" "),
      "data-testid": "message",
      "data-message-id": message.message_id,
      "data-sender": isFromBot(message) ? "bot" : "person",
    },
    hasFaces(scene.chat) && !own ? face(message, follows) : null,
    make("div", { class: "column" }, body(message, own, follows, scene), keyboard(message, scene)),
  );
}

function sameSender(message, previous) {
  if (!previous || previous.forum_topic_created) return false;
  return previous.from?.id === message.from?.id && message.date - previous.date < 300;
}

function service(message) {
  const words = `Topic “${message.forum_topic_created.name}” was opened`;
  return make("li", { class: "service" }, make("span", {}, words));
}

function hasFaces(chat) {
  return chat.type === "group" || chat.type === "supergroup";
}

function face(message, follows) {
  if (follows) return make("span", { class: "avatar gap", "aria-hidden": "true" });
  return avatar(message.from?.id ?? 0, nameOf(message), message.from?.id === store.bot.id);
}

function nameOf(message) {
  if (message.sender_chat) return message.sender_chat.title ?? "Anonymous";
  const { first_name, last_name } = message.from;
  return [first_name, last_name].filter(Boolean).join(" ");
}

function body(message, own, follows, scene) {
  const named = hasFaces(scene.chat) && !own && !follows;
  const hue = `hue-${hueOf(message.from?.id ?? scene.chat.id)}`;
  return make(
    "div",
    { class: classesOf(message) },
    named ? make("p", { class: `sender ${hue}` }, nameOf(message)) : null,
    reply(message),
    picture(message, scene),
    file(message),
    words(message, scene),
    meta(message, own),
  );
}

function classesOf(message) {
  const kinds = ["bubble", message.photo && "with-picture", message.edit_date && "was-edited"];
  return kinds.filter(Boolean).join(" ");
}

function reply(message) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  const text = original.text ?? original.caption ?? original.document?.file_name ?? "";
  return make(
    "p",
    { class: "reply" },
    make("strong", {}, original.from?.first_name ?? original.sender_chat?.title ?? ""),
    text.slice(0, 80),
  );
}

function words(message, scene) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities ?? [];
  return make("div", { class: "text", "data-testid": "text", dir: "auto" }, ...richText(text, entities, scene));
}

function picture(message, scene) {
  const size = message.photo?.at(-1);
  if (!size) return null;
  const source = `/page/files/${encodeURIComponent(size.file_id)}`;
  const alt = message.caption ?? "Picture";
  const image = make("img", { src: source, alt, width: size.width, height: size.height });
  // Known before the picture is loaded, so that nothing jumps.
  image.style.width = `${Math.min(size.width, (TALLEST * size.width) / size.height)}px`;
  return make(
    "button",
    { type: "button", class: "picture", "aria-label": "Enlarge the picture", "data-testid": "picture", onclick: () => scene.view(source, alt) },
    image,
  );
}

function file(message) {
  const document_ = message.document;
  if (!document_) return null;
  return make(
    "a",
    {
      class: "file",
      href: `/page/files/${encodeURIComponent(document_.file_id)}`,
      download: document_.file_name ?? "file",
      "data-testid": "document",
    },
    make("span", { class: "file-icon" }, icon("file")),
    make(
      "span",
      { class: "file-words" },
      make("span", { class: "file-name" }, document_.file_name ?? "file"),
      make("span", { class: "file-size" }, sizeInWords(document_.file_size ?? 0)),
    ),
  );
}

function sizeInWords(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function meta(message, own) {
  const when = new Date(message.date * 1000);
  return make(
    "span",
    { class: "meta" },
    message.edit_date ? make("span", { "data-testid": "edited" }, "edited ") : null,
    make("time", { datetime: when.toISOString() }, CLOCK.format(when)),
    own ? make("span", { class: "ticks", "aria-label": "sent" }, " ✓✓") : null,
  );
}

function keyboard(message, scene) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return make(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Buttons" },
    ...rows.map((row) => make("div", { class: "keys" }, ...row.map((key) => button(key, message, scene)))),
  );
}

function button(key, message, scene) {
  const style = `key ${key.style ?? ""}`;
  if (key.url) {
    const href = webAddress(key.url);
    const properties = { class: style, href, target: "_blank", rel: "noopener noreferrer", "data-testid": "button" };
    return make("a", properties, key.text, icon("link"));
  }
  if (key.copy_text) {
    const copy = () => scene.copy(key.copy_text.text);
    return make("button", { type: "button", class: style, "data-testid": "button", onclick: copy }, key.text, icon("copy"));
  }
  return make(
    "button",
    {
      type: "button",
      class: style,
      "data-testid": "button",
      "data-callback-data": key.callback_data,
      "data-wait": `${message.chat.id}/${message.message_id}/${key.callback_data}`,
      disabled: key.callback_data === undefined,
      onclick: () => scene.press(message, key.callback_data),
    },
    make("span", { class: "label" }, key.text),
    make("span", { class: "spinner", "aria-hidden": "true" }),
  );
}
