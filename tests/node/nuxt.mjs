// Renders posts as Nuxt Content does, with the parser of its Markdown, MDC.
// Standard input: a JSON object of texts by name. Standard output: for each name, {html} or {error}.
import { text as read } from "node:stream/consumers";
import { parseMarkdown } from "@nuxtjs/mdc/runtime";
import remarkEmoji from "remark-emoji";

const VOID = new Set(["br", "hr", "img", "input"]);
const KNOWN = new Set(
  ("a article audio b blockquote br code del details div em figcaption figure h1 h2 h3 h4 h5 h6 hr iframe img input li ol p " +
    "pre s span strong sub summary sup table tbody td th thead tr u ul video section").split(" "),
);
const escaped = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
function html(node) {
  if (node.type === "text") return escaped(node.value);
  if (node.type === "comment") return "";
  const inside = (node.children ?? []).map(html).join("");
  if (node.type === "root") return inside;
  if (!KNOWN.has(node.tag)) throw Error(`component ${node.tag}`);
  const { className, code, language, ...props } = node.props ?? {};
  const given = Object.entries(className ? { class: [className].flat().join(" "), ...props } : props);
  const start = `<${node.tag}${given.map(([name, value]) => ` ${name}="${escaped(value === true ? "" : value)}"`).join("")}>`;
  return VOID.has(node.tag) ? start : `${start}${inside}</${node.tag}>`;
}

const results = {};
for (const [name, text] of Object.entries(JSON.parse(await read(process.stdin)))) {
  try {
    const options = { remark: { plugins: { "remark-emoji": { instance: remarkEmoji } } } };
    const { body, data } = await parseMarkdown(`---\nx: 1\n---\n\n${text}`, options);
    results[name] = { html: html(body) };
  } catch (error) {
    results[name] = { error: String(error) };
  }
}
process.stdout.write(JSON.stringify(results));
