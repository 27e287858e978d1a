// Keeps the page honest: what is shown was built into it, what runs is what the server says now.

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

const revision = document.querySelector('meta[name="revision"]')?.getAttribute("content");

/**
 * @param {"current" | "newer" | "silent"} state
 * @param {string} text
 */
function show(state, text) {
  element("live").dataset.state = state;
  element("live-text").textContent = text;
}

/** @param {number} seconds */
function duration(seconds) {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

async function ask() {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), 4000);
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: patience.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const health = await answer.json();
    element("release").textContent = health.release;
    // A server of plain files does not know.
    element("uptime").textContent = health.uptime === undefined ? "?" : duration(health.uptime);
    if (health.revision === revision) show("current", "The server runs exactly this revision");
    else show("newer", `The server now runs ${health.revision}: reload to see it`);
  } catch {
    show("silent", "The server does not answer");
  } finally {
    clearTimeout(timer);
  }
}

for (const time of document.querySelectorAll("time")) {
  const moment = new Date(time.dateTime);
  time.textContent = moment.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  time.title = time.dateTime;
}

void ask();
setInterval(ask, 5000);
