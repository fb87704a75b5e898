// What the page knows: filled once from the server's state, then kept up by its events.

export const store = {
  bot: { first_name: "Bot", username: "", descriptions: {} },
  people: new Map(),
  chats: new Map(),
  read: new Map(), // "chat/thread" -> number of the last message that was seen
  actions: new Map(), // "chat/thread" -> when the bot's "typing" ends
};

export function fill(state) {
  store.bot = state.bot;
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.chats = new Map(state.chats.map((chat) => [chat.id, withMessages(chat)]));
}

function withMessages(chat) {
  return { ...chat, messages: new Map(chat.messages.map((m) => [m.message_id, m])) };
}

export function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : 0;
}

export function messagesOf(chat, thread) {
  return [...chat.messages.values()].filter((message) => threadOf(message) === thread);
}

export function isFromBot(message) {
  return message.from?.id === store.bot.id || message.from?.is_bot === true || !message.from;
}

export function markRead(chat, thread) {
  const last = messagesOf(chat, thread).at(-1);
  if (last) store.read.set(`${chat.id}/${thread}`, last.message_id);
}

export function unread(chat, thread) {
  const seen = store.read.get(`${chat.id}/${thread}`) ?? 0;
  const counts = (m) => m.message_id > seen && isFromBot(m) && !m.forum_topic_created;
  return messagesOf(chat, thread).filter(counts).length;
}

export function threadsOf(chat) {
  return chat.is_forum ? [0, ...chat.topics.map((topic) => topic.id)] : [0];
}

export function unreadInAll(chat) {
  return threadsOf(chat).reduce((sum, thread) => sum + unread(chat, thread), 0);
}

export function lastMessage(chat) {
  const spoken = [...chat.messages.values()].filter((m) => !m.forum_topic_created);
  return spoken.reduce((last, m) => (!last || m.message_id > last.message_id ? m : last), null);
}

export function chatsInOrder() {
  const when = (chat) => lastMessage(chat)?.date ?? 0;
  return [...store.chats.values()]
    .filter((chat) => chat.migrated_to === null)
    .sort((a, b) => when(b) - when(a));
}

/** Takes one event in; returns false where only a new look at the state will do. */
export function take(event) {
  const chat = store.chats.get(event.chat_id);
  switch (event.event) {
    case "message":
      if (!chat) return false;
      chat.started = true;
      chat.messages.set(event.message.message_id, event.message);
      learnPerson(event.message.from);
      store.actions.delete(`${chat.id}/${threadOf(event.message)}`);
      return true;
    case "deleted":
      for (const id of event.message_ids) chat?.messages.delete(id);
      return true;
    case "keyboard":
      if (chat) chat.reply_keyboard = event.markup;
      return true;
    case "action":
      store.actions.set(`${event.chat_id}/${event.thread}`, Date.now() + 5000);
      return true;
    case "answer":
      return true;
    default:
      return false;
  }
}

function learnPerson(person) {
  if (person && !person.is_bot && !store.people.has(person.id)) {
    store.people.set(person.id, { ...person, operator: false });
  }
}

export function languageOf(person) {
  return person?.language_code ?? "en";
}

export function describe(person) {
  const code = languageOf(person).split("-")[0];
  return store.bot.descriptions[code] ?? store.bot.descriptions[""] ?? "";
}
