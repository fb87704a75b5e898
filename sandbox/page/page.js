// The page as a whole: what is open, what was pressed, and how news come in.

import { closeCommands, prepareComposer, showSpeakers, speakersIn } from "./composer.js";
import { byId, icon } from "./dom.js";
import { showList } from "./list.js";
import { showFoot, showHead, showMessages, showNote, showQuick, showTopics, showWaiting, stayAtEnd } from "./room.js";
import { chatsInOrder, fill, languageOf, lastMessage, markRead, messagesOf, store, take, threadOf } from "./store.js";
import * as talk from "./talk.js";

const ANSWER_WAIT = 60_000; // milliseconds that a pressed button waits for its answer
const open = { chat: null, thread: 0, speakers: new Map() };
const waiting = new Map(); // "chat/message/data" -> {query, timer}

const chat = () => store.chats.get(open.chat) ?? null;

function speaker() {
  if (!chat()) return null;
  const people = speakersIn(chat());
  const chosen = open.speakers.get(chat().id);
  return people.find((person) => person.id === chosen) ?? people[0] ?? null;
}

function scene() {
  return {
    chat: chat(),
    speaker: speaker(),
    locale: languageOf(speaker()),
    say: send,
    press,
    copy,
    view,
  };
}

// --- showing ---------------------------------------------------------------------------------

function show({ stay = false } = {}) {
  const current = chat();
  byId("nothing").hidden = current !== null;
  byId("open").hidden = current === null;
  document.body.dataset.view = current === null ? "list" : "room";
  if (current !== null) showRoom(current, stay);
  showList(open.chat);
  showTitle();
}

function showRoom(current, stay) {
  if (document.visibilityState === "visible") markRead(current, open.thread);
  showHead(current);
  showNote(current, open.thread);
  showTopics(current, open.thread, choose);
  showSpeakers(current, speaker());
  showFoot(current, current.messages.size === 0);
  showQuick(current, send);
  showMessages(current, open.thread, scene(), { stay });
  showWaiting(waiting);
}

function showTitle() {
  const name = chat()?.name;
  document.title = name ? `${name} · Pilotwatch sandbox` : "Pilotwatch sandbox";
}

function choose(thread) {
  location.hash = thread ? `${open.chat}/${thread}` : `${open.chat}`;
}

function follow() {
  const [id, thread] = location.hash.slice(1).split("/").map(Number);
  open.chat = store.chats.has(id) ? id : null;
  open.thread = open.chat === null ? 0 : thread || 0;
  closeCommands();
  show();
  if (open.chat !== null && matchMedia("(min-width: 761px)").matches) byId("words").focus();
}

// --- acting ----------------------------------------------------------------------------------

async function send(text) {
  const [current, person] = [chat(), speaker()];
  if (!current || !person) return false;
  return attempt(() => talk.say(person.id, current.id, text, open.thread));
}

async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

async function press(message, data) {
  const key = `${message.chat.id}/${message.message_id}/${data}`;
  if (waiting.has(key)) return;
  const timer = setTimeout(() => settle(key), ANSWER_WAIT);
  waiting.set(key, { query: null, timer });
  showWaiting(waiting);
  const pressed = await attempt(async () => {
    const answer = await talk.press(speaker().id, message.chat.id, message.message_id, data);
    const wait = waiting.get(key);
    if (wait) wait.query = answer.query_id;
    if (early.has(answer.query_id)) answered(early.get(answer.query_id));
  });
  if (!pressed) settle(key);
}

const early = new Map(); // answers that came before the press itself was confirmed

function answered(event) {
  const found = [...waiting].find(([, wait]) => wait.query === event.query_id);
  if (!found) {
    early.set(event.query_id, event);
    return;
  }
  early.delete(event.query_id);
  settle(found[0]);
  if (event.text && event.show_alert) alertBox(event.text);
  else if (event.text) toast(event.text);
}

function settle(key) {
  clearTimeout(waiting.get(key)?.timer);
  waiting.delete(key);
  showWaiting(waiting);
}

async function copy(text) {
  const done = await attempt(() => navigator.clipboard.writeText(text));
  if (done) toast("Copied");
}

function view(source, alt) {
  byId("viewer-image").src = source;
  byId("viewer-image").alt = alt;
  byId("viewer").showModal();
}

let toastTimer = 0;

function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    box.hidden = true;
  }, 3500);
}

function alertBox(text) {
  byId("alert-text").textContent = text;
  if (!byId("alert").open) byId("alert").showModal();
}

// --- news ------------------------------------------------------------------------------------

let loading = null;
const held = []; // events that came while the state was being loaded

async function load() {
  loading ??= talk.state().then(fill).finally(() => {
    loading = null;
  });
  await loading;
  for (const event of held.splice(0)) take(event);
}

async function news(event) {
  if (loading) {
    held.push(event);
    return;
  }
  if (event.event === "answer") return answered(event);
  const known = take(event);
  if (!known) await load();
  if (event.event === "reset") open.speakers.clear();
  const here = event.chat_id === open.chat;
  if (here || !known) show({ stay: !isOwn(event) });
  else showList(open.chat);
  if (event.event === "action") setTimeout(() => show({ stay: true }), 5100);
}

function isOwn(event) {
  const message = event.message;
  return message !== undefined && message.from?.id === speaker()?.id && threadOf(message) === open.thread;
}

function listen() {
  const stream = new EventSource("/page/events");
  stream.addEventListener("open", async () => {
    await load();
    byId("connection").textContent = "online";
    begin();
  });
  stream.addEventListener("error", () => {
    byId("connection").textContent = "waiting for the sandbox…";
  });
  stream.addEventListener("message", (message) => news(JSON.parse(message.data)));
}

let begun = false;

function begin() {
  if (begun) return show({ stay: true });
  begun = true;
  const wide = matchMedia("(min-width: 761px)").matches;
  if (!location.hash && wide) history.replaceState(null, "", `#${firstChat()}`);
  follow();
}

function firstChat() {
  const ordered = chatsInOrder();
  const alive = ordered.find((c) => lastMessage(c) !== null && messagesOf(c, 0).length > 0);
  return (alive ?? ordered[0])?.id ?? "";
}

// --- wiring ----------------------------------------------------------------------------------

function wire() {
  byId("add-person").append(icon("add"));
  byId("back").append(icon("back"));
  byId("down").append(icon("down"));
  byId("back").addEventListener("click", () => {
    history.pushState(null, "", location.pathname);
    follow();
  });
  byId("down").addEventListener("click", () => {
    byId("scroll").scrollTo({ top: byId("scroll").scrollHeight, behavior: "smooth" });
  });
  stayAtEnd();
  byId("start").addEventListener("click", () => send("/start"));
  byId("speaker").addEventListener("change", (event) => {
    open.speakers.set(open.chat, Number(event.target.value));
    show({ stay: true });
  });
  byId("membership").addEventListener("click", (event) =>
    attempt(() => talk.member(open.chat, membership(event.target.dataset.status))),
  );
  byId("viewer").addEventListener("click", () => byId("viewer").close());
  byId("add-person").addEventListener("click", () => byId("newcomer").showModal());
  byId("newcomer").addEventListener("close", welcome);
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  document.addEventListener("visibilitychange", () => show({ stay: true }));
  prepareComposer({ chat, speaker, send });
}

function membership(status) {
  return status === "member" && chat().type === "channel" ? "administrator" : status;
}

async function welcome() {
  const form = byId("newcomer-form");
  const name = form.elements.name.value.trim();
  if (byId("newcomer").returnValue !== "start" || !name) return;
  const id = Math.max(2000, ...store.people.keys()) + 1;
  const person = { id, first_name: name, language_code: form.elements.language.value };
  form.reset();
  if (!(await attempt(() => talk.say(person, id, "/start")))) return;
  await load();
  location.hash = `${id}`;
}

wire();
listen();
