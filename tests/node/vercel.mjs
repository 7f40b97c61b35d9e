// Vercel's own routing over a vercel.json: where each request is sent, as JSON.
import { readFileSync } from "node:fs";
import { getTransformedRoutes } from "@vercel/routing-utils";

const { config, requests } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { routes, error } = getTransformedRoutes(config);
const compiled = (routes ?? []).map((route) => ({ ...route, expression: new RegExp(route.src) }));
const locations = requests.map((request) => {
  for (const route of compiled) {
    const found = route.expression.exec(request);
    if (found && route.headers?.Location) {
      return route.headers.Location.replace(/\$(\d+)/g, (_, number) => found[number] ?? "");
    }
  }
  return null;
});
console.log(JSON.stringify({ locations, error: error ?? null }));
