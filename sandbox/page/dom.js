// Building the page: elements, icons, avatars. Nothing here ever takes markup from a text.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  send: "M4.500 11.500 20 4l-5 16-3.500-6.500zM11.500 13.500 20 4",
  menu: "M5 7h14M5 12h14M5 17h9",
  link: "M9 15 18 6M11 6h7v7",
  copy: "M9 9h10v10H9zM5 15V5h10",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19c0-3 2.500-5 5.500-5s5.500 2 5.500 5M15.500 5.500a3 3 0 0 1 0 5.500M17 14.500c2 .7 3.500 2.300 3.500 4.500",
  channel: "M4 10v4h3l8 4V6l-8 4zM18 9.500a3.500 3.500 0 0 1 0 5M8 14l1 5h2.500",
};

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function dressAvatar(element, id, name, isBot = false) {
  element.classList.remove(...[...element.classList].filter((c) => c.startsWith("hue-")));
  element.classList.toggle("bot", isBot);
  element.classList.add(`hue-${hueOf(id)}`);
  element.textContent = isBot ? "" : initials(name);
}

export function avatar(id, name, isBot = false) {
  const element = make("span", { class: "avatar", "aria-hidden": "true" });
  dressAvatar(element, id, name, isBot);
  return element;
}

/** One of seven colours, the same for the same number wherever it is shown. */
export function hueOf(id) {
  return (Math.imul(Number(id) % 2 ** 31, 33259) >>> 16) % 7;
}

/** Hours and minutes, always of 24 hours: short, and the same in every language. */
export const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

function initials(name) {
  const words = name.split(/\s+/u).filter(Boolean);
  const first = words.slice(0, 2).map((word) => [...word][0]);
  return first.join("").toUpperCase();
}

export function byId(id) {
  return document.getElementById(id);
}
