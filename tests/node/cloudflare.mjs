// Cloudflare's own `_redirects` rules: where each request is sent, as JSON.
import { readFileSync } from "node:fs";
import { generateRedirectsEvaluator } from "redirects-in-workers";

const { file, requests } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const evaluate = generateRedirectsEvaluator(file);
const fetcher = { fetch: async () => new Response(null, { status: 404 }) };
const found = [];
for (const request of requests) {
  const answer = await evaluate(new Request("https://new.example" + request), fetcher);
  found.push(answer && answer.status === 301 ? answer.headers.get("Location") : null);
}
console.log(JSON.stringify(found));
