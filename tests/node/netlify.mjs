// Netlify's own parser over a `_redirects` file: its rules and its complaints, as JSON.
import { readFileSync } from "node:fs";
import { parseAllRedirects } from "@netlify/redirect-parser";

const file = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { redirects, errors } = await parseAllRedirects({
  redirectsFiles: [file],
  configRedirects: [],
  minimal: false,
});
console.log(JSON.stringify({ redirects, errors: errors.map(String) }));
