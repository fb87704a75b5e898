// Where one types: who speaks, the words, and the list of commands that "/" opens.

import { byId, dressAvatar, icon, make } from "./dom.js";
import { menu } from "./talk.js";
import { store } from "./store.js";

let offered = []; // the whole menu, as it was when the list was opened
let commands = []; // what of it fits the letters typed so far
let marked = 0;
let asked = 0;

const words = () => byId("words");
const list = () => byId("commands");

export function speakersIn(chat) {
  if (chat.type === "private") return [store.people.get(chat.id)].filter(Boolean);
  const isIn = (person) => !["left", "kicked"].includes(chat.statuses[person.id] ?? "left");
  const leads = (person) => ["creator", "administrator"].includes(chat.statuses[person.id]);
  const members = [...store.people.values()].filter(isIn);
  return chat.type === "channel" ? members.filter(leads) : members;
}

export function showSpeakers(chat, speaker) {
  const people = speakersIn(chat);
  const options = people.map((person) => {
    const name = person.operator ? `${person.first_name} (operator)` : person.first_name;
    return make("option", { value: person.id, selected: person.id === speaker?.id }, name);
  });
  byId("speaker").replaceChildren(...options);
  byId("speaker-box").hidden = chat.type !== "supergroup" && chat.type !== "group";
  if (speaker) dressAvatar(byId("speaker-avatar"), speaker.id, speaker.first_name);
  const silent = people.length === 0;
  byId("composer").classList.toggle("silent", silent);
  words().disabled = silent;
  words().placeholder = placeholder(chat, silent);
}

function placeholder(chat, silent) {
  if (silent) return "Nobody here may write";
  return chat.type === "channel" ? `Post as ${chat.name}` : "Message";
}

/** `scene`: {chat: () => chat, speaker: () => person, send: (text) => Promise} */
export function prepareComposer(scene) {
  byId("send").append(icon("send"));
  byId("menu").append(icon("menu"), make("span", {}, "Menu"));
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(scene);
  });
  byId("menu").addEventListener("click", () => toggleAll(scene));
  words().addEventListener("input", () => typed(scene));
  words().addEventListener("keydown", (event) => keyed(event, scene));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".foot")) closeCommands();
  });
}

async function submit(scene) {
  const text = words().value.trim();
  if (!text) return;
  const sent = await scene.send(text);
  if (!sent) return;
  words().value = "";
  fit();
  closeCommands();
}

function typed(scene) {
  fit();
  const start = startTyped();
  if (start === undefined) closeCommands();
  else openCommands(scene, start);
}

function fit() {
  const area = words();
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
}

function toggleAll(scene) {
  if (list().hidden) openCommands(scene, "");
  else closeCommands();
}

async function openCommands(scene, start) {
  const [chat, speaker] = [scene.chat(), scene.speaker()];
  if (!chat || !speaker) return;
  if (list().hidden) {
    const turn = ++asked;
    const answer = await menu(chat.id, speaker.id);
    if (turn !== asked) return;
    offered = answer.commands;
    start = startTyped() ?? start; // more may have been typed while the menu came
  }
  const before = commands[marked]?.command;
  commands = offered.filter((command) => command.command.startsWith(start.toLowerCase()));
  marked = Math.max(0, commands.findIndex((command) => command.command === before));
  showCommands(scene, offered.length > 0);
}

function startTyped() {
  return words().value.match(/^\/(\w*)$/u)?.[1];
}

function showCommands(scene, any) {
  if (commands.length === 0 && any) return closeCommands();
  const rows = commands.map((command, index) => row(command, index, scene));
  const none = make("li", { class: "none" }, "The bot has set no commands for this chat.");
  list().replaceChildren(...(rows.length ? rows : [none]));
  list().hidden = false;
  byId("menu").setAttribute("aria-expanded", "true");
}

function row(command, index, scene) {
  return make(
    "li",
    {
      id: `command-${index}`,
      role: "option",
      "aria-selected": index === marked ? "true" : "false",
      "data-testid": "command",
      "data-command": command.command,
      onclick: () => pick(command, scene),
    },
    make("span", { class: "command-name" }, `/${command.command}`),
    make("span", { class: "command-words" }, command.description),
  );
}

async function pick(command, scene) {
  closeCommands();
  words().value = "";
  fit();
  await scene.send(`/${command.command}`);
  words().focus();
}

export function closeCommands() {
  asked += 1;
  commands = [];
  list().hidden = true;
  byId("menu").setAttribute("aria-expanded", "false");
  words().removeAttribute("aria-activedescendant");
}

function keyed(event, scene) {
  if (event.isComposing) return;
  const open = !list().hidden && commands.length > 0;
  if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    mark(event.key === "ArrowDown" ? 1 : -1);
  } else if (open && event.key === "Tab") {
    event.preventDefault();
    words().value = `/${commands[marked].command} `;
    closeCommands();
  } else if (event.key === "Escape") {
    closeCommands();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    const exact = words().value.slice(1) === commands[marked]?.command;
    if (open && !exact) pick(commands[marked], scene);
    else submit(scene);
  }
}

function mark(step) {
  marked = (marked + step + commands.length) % commands.length;
  for (const [index, item] of [...list().children].entries()) {
    item.setAttribute("aria-selected", String(index === marked));
    if (index === marked) item.scrollIntoView({ block: "nearest" });
  }
  words().setAttribute("aria-activedescendant", `command-${marked}`);
}
