// Renders posts as Hexo does, with the renderer of its starter.
// Standard input: a JSON object of texts by name. Standard output: for each name, {html} or {error}.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text as read } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import Hexo from "hexo";

const site = mkdtempSync(join(tmpdir(), "hexo-"));
writeFileSync(join(site, "_config.yml"), "title: Test\nsyntax_highlighter: highlight.js\nhighlight:\n  line_number: false\n  wrap: false\n  auto_detect: false\nmarked:\n  smartypants: false\n");
writeFileSync(join(site, "package.json"), '{"hexo": {"version": "8"}, "dependencies": {"hexo-renderer-marked": "*"}}');
symlinkSync(join(dirname(fileURLToPath(import.meta.url)), "node_modules"), join(site, "node_modules"));
const hexo = new Hexo(site, { silent: true });
await hexo.init();
const results = {};
for (const [name, content] of Object.entries(JSON.parse(await read(process.stdin)))) {
  try {
    const post = await hexo.post.render(null, { content, engine: "md" });
    results[name] = { html: post.content };
  } catch (error) {
    results[name] = { error: String(error) };
  }
}
rmSync(site, { recursive: true });
process.stdout.write(JSON.stringify(results), () => process.exit(0));
