// Speaking to the sandbox. Each function answers with its JSON, or throws with its one line.

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `${path} answers ${response.status}`);
  return answer;
}

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return response.json();
}

export const state = () => get("/page/state");

export const menu = (chat, user) => get(`/page/menu?chat=${chat}&user=${user}`);

export const say = (user, chat, text, thread) =>
  post("/sandbox/say", { user, chat, text, ...(thread ? { thread } : {}) });

export const press = (user, chat, message_id, data) =>
  post("/sandbox/press", { user, chat, message_id, data });

export const member = (chat, status) => post("/sandbox/member", { chat, status });
