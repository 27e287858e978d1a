// A linter of a few rules that need no package. Prints file:line:column: rule, and ends with 1 if any.
import { readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files.mjs";

const app = fileURLToPath(new URL("..", import.meta.url));
const width = 110;

const tokens = new RegExp(
  [
    /(?<=[(,=:[]\s*)[/](?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+[/][a-z]*/, // a regular expression
    /[/][/][^\n]*|[/][*][^]*?[*][/]/,
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`/,
  ].map((token) => token.source).join("|"),
  "g",
);

/**
 * The code with comments and the insides of strings blanked, of the same length, so that no rule
 * finds its words there.
 * @param {string} text
 */
function codeOnly(text) {
  return text.replace(tokens, (token) => {
    // What a template inserts is code, and keeps the names that it uses.
    if (token.startsWith("`")) return token.replace(/(^|[}])[^{}]*?([$][{]|`$)/g, blank);
    return blank(token);
  });
}

/** @param {string} text */
function blank(text) {
  return text.replace(/[^\n]/g, " ");
}

/** @typedef {{rule: string, pattern: RegExp, applies: (file: string) => boolean}} Rule */

/** @param {string} file */
const everywhere = (file) => file !== "";
/** @param {string} file */
const script = (file) => [".js", ".mjs"].includes(extname(file));
/** @param {string} file */
const client = (file) => file.startsWith("src/");

/** @type {Rule[]} */
const textRules = [
  { rule: "trailing space", pattern: /[ \t]+$/gm, applies: everywhere },
  { rule: "tab", pattern: /\t/g, applies: everywhere },
  { rule: "carriage return", pattern: /\r/g, applies: everywhere },
  { rule: "no newline at the end", pattern: /[^\n]$(?![^])/g, applies: everywhere },
  { rule: `longer than ${width}`, pattern: new RegExp(`(?<=^.{${width}}).+$`, "gm"), applies: everywhere },
];

/** @type {Rule[]} */
const codeRules = [
  { rule: "console in client code", pattern: /\bconsole\s*[.]/g, applies: client },
  { rule: "debugger statement", pattern: /\bdebugger\b/g, applies: script },
  { rule: "var (use const or let)", pattern: /\bvar\s/g, applies: script },
  { rule: "loose comparison", pattern: /(?<![=!<>])[=!]=(?!=)/g, applies: script },
  { rule: "alert in client code", pattern: /\balert\s*[(]/g, applies: client },
];

/**
 * Names that an import brings in and nothing uses.
 * @param {string} code
 */
function unusedImports(code) {
  const found = [];
  for (const statement of code.matchAll(/^import\s+([^;]*?)\s+from\b/gm)) {
    const names = statement[1].replace(/[{}*,]/g, " ").replace(/\S+\s+as\s+/g, "");
    for (const name of names.split(/\s+/).filter(Boolean)) {
      const uses = code.match(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, "g")) ?? [];
      if (uses.length < 2) found.push({ rule: `unused import ${name}`, offset: statement.index ?? 0 });
    }
  }
  return found;
}

/** @param {string} file */
function problems(file) {
  const text = readFileSync(join(app, file), "utf8");
  const code = script(file) ? codeOnly(text) : text;
  const found = script(file) ? unusedImports(code) : [];
  for (const [rules, source] of /** @type {[Rule[], string][]} */ ([[textRules, text], [codeRules, code]])) {
    for (const { rule, pattern, applies } of rules) {
      if (!applies(file)) continue;
      for (const hit of source.matchAll(pattern)) found.push({ rule, offset: hit.index ?? 0 });
    }
  }
  return found.map(({ rule, offset }) => {
    const before = text.slice(0, offset).split("\n");
    return `${file}:${before.length}:${before[before.length - 1].length + 1}: ${rule}`;
  });
}

const files = ["server", "src", "tools", "types"]
  .flatMap((folder) => filesBelow(join(app, folder)))
  .map((path) => relative(app, path));
const found = files.flatMap(problems);
for (const problem of found) process.stderr.write(`${problem}\n`);
process.stdout.write(`${files.length} files, ${found.length} problems\n`);
process.exitCode = found.length > 0 ? 1 : 0;
