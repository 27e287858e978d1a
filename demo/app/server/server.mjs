// Serves one release: the files beside this one, and /healthz, which says which release that is.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const release = fileURLToPath(new URL(".", import.meta.url)).replace(/[/]$/, "");
const port = Number(process.env.PORT ?? "8377");
const host = process.env.BIND || "127.0.0.1";
const pidFile = process.env.PID_FILE ?? "";
const started = Date.now();

/** @type {{revision: string, commit: string, built: string}} */
const build = JSON.parse(readFileSync(join(release, "build.json"), "utf8"));

const types = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json"],
  [".svg", "image/svg+xml"],
]);

// The whole site is held in memory: a path that is not a key cannot leave the folder, and a release
// that is pruned or replaced on disk goes on being served as it was.
/** @type {Map<string, {body: Uint8Array, type: string}>} */
const files = new Map();
for (const entry of readdirSync(join(release, "public"), { withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const body = readFileSync(join(release, "public", entry.name));
  const type = types.get(extname(entry.name)) ?? "application/octet-stream";
  files.set(`/${entry.name}`, { body, type });
}

function health() {
  const uptime = Math.round((Date.now() - started) / 1000);
  return JSON.stringify({ status: "ok", ...build, release: basename(release), uptime });
}

/**
 * @param {string} path
 * @returns {{status: number, type: string, cache: string, body: string | Uint8Array}}
 */
function answer(path) {
  if (path === "/healthz") {
    return { status: 200, type: "application/json", cache: "no-store", body: `${health()}\n` };
  }
  const file = files.get(path === "/" ? "/index.html" : path);
  if (!file) {
    return { status: 404, type: "text/plain", cache: "no-store", body: "There is no such page.\n" };
  }
  // A file with its content's hash in its name never changes; the page that names it may.
  const hashed = /[.][0-9a-f]{10}[.]/.test(path);
  const cache = hashed ? "public, max-age=31536000, immutable" : "no-cache";
  return { status: 200, type: file.type, cache, body: file.body };
}

const server = createServer((request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  const { status, type, cache, body } = answer((request.url ?? "/").split("?")[0]);
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": typeof body === "string" ? new TextEncoder().encode(body).length : body.length,
    "Cache-Control": cache,
    "X-Content-Type-Options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
});

server.on("error", (error) => {
  const why = error.code === "EADDRINUSE" ? "another program listens there" : error.message;
  process.stderr.write(`cannot listen on ${host}:${port}: ${why}\n`);
  process.exit(1);
});

function stop() {
  server.close(() => process.exit(0));
  server.closeAllConnections?.();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

if (!Number.isInteger(port) || port < 1 || port > 65535) {
  process.stderr.write(`PORT must be a number from 1 to 65535, not “${process.env.PORT}”\n`);
  process.exit(1);
}
if (pidFile) rmSync(pidFile, { force: true });
server.listen(port, host, () => {
  // Written only now, so that the file also says: it answers.
  if (pidFile) writeFileSync(pidFile, `${process.pid}\n`);
  process.stdout.write(`${build.revision} listens on http://${host}:${port}\n`);
});
