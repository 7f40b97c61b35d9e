// Read a page per line (a JSON string), write its Markdown with front matter per line (a JSON string).
import { Defuddle } from "defuddle/node";
import { JSDOM, VirtualConsole } from "jsdom";
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const dom = new JSDOM(JSON.parse(line), { virtualConsole: new VirtualConsole() });
  const result = await Defuddle(dom, "https://www.example.com/post/a", { markdown: true });
  const fields = { title: result.title, authors: result.author ? [result.author] : [], date: result.published };
  process.stdout.write(JSON.stringify(`---\n${JSON.stringify(fields)}\n---\n\n${result.content}\n`) + "\n");
}
