// Renders posts as VitePress does: its own Markdown renderer, then Vue's compiler and server renderer.
// Standard input: a JSON object of texts by name. Standard output: for each name, {html} or {error}.
import { text as read } from "node:stream/consumers";
import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { createMarkdownRenderer } from "vitepress";

const markdown = await createMarkdownRenderer("/", { lineNumbers: false }, "/");
const results = {};
for (const [name, text] of Object.entries(JSON.parse(await read(process.stdin)))) {
  const warnings = [];
  try {
    const template = await markdown.render(`---\nx: 1\n---\n\n${text}`, { path: "/post.md", relativePath: "post.md", frontmatter: {} });
    const app = createSSRApp({ template: `<div>${template}</div>` });
    app.config.warnHandler = (message) => warnings.push(message);
    app.config.compilerOptions.onError = (error) => warnings.push(error.message);
    const html = await renderToString(app);
    results[name] = warnings.length ? { error: warnings.join("; ") } : { html: cleaned(html) };
  } catch (error) {
    results[name] = { error: String(error) };
  }
}
// What VitePress adds: permalinks of headings, the button and the label of code.
function cleaned(html) {
  return html
    .replace(/<a class="header-anchor".*?<\/a>/gs, "")
    .replace(/<button title="Copy Code".*?<\/button><span class="lang">.*?<\/span>/gs, "")
    .replace(/<div class="language-[^"]*"><pre/g, "<div><pre");
}
process.stdout.write(JSON.stringify(results), () => process.exit(0));
