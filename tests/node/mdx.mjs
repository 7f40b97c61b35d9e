// Compiles MDX files as Next.js, Docusaurus and Nextra do, runs them, and prints their HTML.
// Standard input: a JSON object of texts by name. Standard output: for each name, {html} or {error}.
import { evaluate } from "@mdx-js/mdx";
import remarkGfm from "remark-gfm";
import { text as read } from "node:stream/consumers";

const VOID = new Set(["br", "hr", "img", "input"]);
const NAMES = { className: "class", colSpan: "colspan", rowSpan: "rowspan", allowFullScreen: "allowfullscreen" };
const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const shown = (child) =>
  child == null || typeof child === "boolean" ? "" : Array.isArray(child) ? child.map(shown).join("")
    : typeof child === "object" ? child.html : escaped(child);
const attribute = ([name, value]) =>
  value === false || value == null ? "" : value === true ? ` ${NAMES[name] ?? name}=""`
    : typeof value === "object" ? "" : ` ${NAMES[name] ?? name}="${escaped(value)}"`;
function jsx(type, { children, ...props }) {
  if (typeof type === "function") return type({ children, ...props });
  if (type === Fragment) return { html: shown(children) };
  for (const name of Object.keys(props)) if (/^(class|colspan|rowspan)$/.test(name)) throw Error(`attribute ${name}`);
  const start = `<${type}${Object.entries(props).map(attribute).join("")}>`;
  return { html: VOID.has(type) ? start : `${start}${shown(children)}</${type}>` };
}
const Fragment = Symbol("fragment");

const results = {};
for (const [name, text] of Object.entries(JSON.parse(await read(process.stdin)))) {
  try {
    const { default: Content } = await evaluate(text, { Fragment, jsx, jsxs: jsx, remarkPlugins: [remarkGfm] });
    results[name] = { html: Content({}).html };
  } catch (error) {
    results[name] = { error: String(error.reason ?? error), at: error.place ?? null };
  }
}
process.stdout.write(JSON.stringify(results));
