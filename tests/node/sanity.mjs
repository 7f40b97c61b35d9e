// Renders Portable Text with @portabletext/to-html, and checks documents with the code of `sanity dataset import`.
// Standard input: {bodies: {name: [blocks]}, documents: [...]}. Standard output: {html: {name: html}, faults, assets}.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { text as read } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { escapeHTML, toHTML } from "@portabletext/to-html";

const attributes = (values) =>
  Object.entries(values).map(([name, value]) => (value == null ? "" : ` ${name}="${escapeHTML(String(value))}"`)).join("");
const asset = (value) => value._sanityAsset.replace(/^(image|file)@/, "").replace(/^file:\/\/\.\//, "");
const image = (value) => {
  const shown = `<img${attributes({ src: asset(value), alt: value.alt ?? "" })}>`;
  return value.href ? `<a${attributes({ href: value.href })}>${shown}</a>` : shown;
};
const line = (blocks = []) => blocks.map((block) => html([block]).replace(/^<p>|<\/p>$/g, "")).join("<br>");
const link = (href, title) => `<p><a${attributes({ href })}>${escapeHTML(title || href)}</a></p>`;
const box = (value) => (value.checked == null ? "" : `<input type="checkbox"${value.checked ? " checked" : ""}>`);
const tags = ["normal", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];
const components = {
  types: {
    image: ({ value, isInline }) => isInline ? image(value)
      : `<figure>${image(value)}${value.caption ? `<figcaption>${line(value.caption)}</figcaption>` : ""}</figure>`,
    gallery: ({ value }) => html(value.items),
    embed: ({ value }) => link(value.url ?? asset(value.file), value.title) + (value.caption ? `<p><em>${line(value.caption)}</em></p>` : ""),
    file: ({ value }) => link(asset(value), value.title),
    button: ({ value }) => link(value.url, value.text),
    code: ({ value }) => `<pre><code>${escapeHTML(value.code ?? "")}</code></pre>`,
    divider: () => "<hr>",
    quote: ({ value }) => `<blockquote>${html(value.content)}</blockquote>`,
    list: ({ value }) => {
      const tag = value.kind === "number" ? "ol" : "ul";
      const items = value.items.map((item) => `<li>${box(item)}${html(item.content)}</li>`).join("");
      return `<${tag}${attributes({ start: value.start })}>${items}</${tag}>`;
    },
    table: ({ value }) => `<table>${value.rows.map((row) => `<tr>${row.cells.map((cell) => {
      const tag = cell.header ? "th" : "td";
      return `<${tag}${attributes({ colspan: cell.colspan, rowspan: cell.rowspan })}>${html(cell.content)}</${tag}>`;
    }).join("")}</tr>`).join("")}</table>`,
    details: ({ value }) => `<details><summary>${line(value.summary)}</summary>${html(value.content)}</details>`,
    missing: () => "",
  },
  block: Object.fromEntries(tags.map((tag) => [tag, ({ value, children }) => {
    const name = tag === "normal" ? "p" : tag;
    return `<${name}${attributes({ id: value.id })}>${children}</${name}>`;
  }])),
  listItem: ({ value, children }) => `<li>${box(value)}${children}</li>`,
  marks: {
    link: ({ value, children }) => `<a${attributes({ href: value.href })}>${children}</a>`,
    sup: ({ children }) => `<sup>${children}</sup>`,
    sub: ({ children }) => `<sub>${children}</sub>`,
  },
};
function html(blocks = []) {
  return toHTML(blocks, { components, onMissingComponent: (message) => { throw Error(message); } });
}

const { bodies, documents } = JSON.parse(await read(process.stdin));
const rendered = Object.fromEntries(Object.entries(bodies).map(([name, blocks]) => [name, html(blocks)]));
const faults = [];
let assets = [];
const root = join(dirname(fileURLToPath(import.meta.url)), "node_modules/@sanity/import/dist");
if (existsSync(root)) {
  const load = (name) => import(pathToFileURL(join(root, name)).href);
  const { documentHasError } = await load("documentHasErrors.js");
  const { ensureUniqueIds } = await load("util/ensureUniqueIds.js");
  const { absolutifyPaths, getAssetRefs } = await load("assetRefs.js");
  try {
    documents.forEach((document, number) => documentHasError(document, number));
    ensureUniqueIds(documents);
    assets = documents.flatMap((document) => getAssetRefs(absolutifyPaths(document, "/site/sanity")));
  } catch (error) {
    faults.push(String(error));
  }
}
process.stdout.write(JSON.stringify({ html: rendered, faults, assets: assets.map(({ type, url }) => [type, url]) }));
